"""What the pages of OEM processors and orders show below the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhixing.apps.protection import order_words, selectors
from zhixing.apps.protection.models import OemEnterprise, OemOrder
from zhixing.kit.actors import Actor

SHOWN = 50
RIVALS = frozenset({"rival_same", "rival_like"})


def orders(actor: Actor, maker: OemEnterprise) -> Mapping[str, Any]:
    """The processor's orders, newest first."""
    rows = list(
        selectors.orders_visible(actor)
        .filter(enterprise=maker)
        .order_by("-ordered_on", "-pk")[:SHOWN]
    )
    may_add = actor.has_perm("protection.add_oemorder", maker)
    return {"orders": rows, "count": len(rows), "maker": maker, "may_add": may_add}


def check(actor: Actor, order: OemOrder) -> Mapping[str, Any]:
    """The lines of the check in words, and whether the split of the courts matters here."""
    is_risk = order.export_only and any(line["code"] in RIVALS for line in order.lines)
    return {
        "order": order,
        "lines": order_words.told(order.lines, order.ordered_on),
        "is_risk": is_risk,
    }


def links(actor: Actor, order: OemOrder) -> Mapping[str, Any]:
    """Processor, client, mark and contract."""
    return {"order": order}
