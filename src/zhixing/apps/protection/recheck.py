"""Orders are checked again when a mark or contract that they rest on is changed."""

from __future__ import annotations

from typing import Any

from zhixing.apps.protection.actions.keep_oem import check_order
from zhixing.apps.protection.models import OemOrder
from zhixing.apps.registry.api import Authorisation, TradeMark
from zhixing.kit import deeds
from zhixing.kit.actors import SystemActor


def listen() -> None:
    """Called once, when the app is ready."""
    deeds.done.connect(after_deed, dispatch_uid="protection.recheck")


def after_deed(sender: Any, deed: deeds.Deed, **_more: Any) -> None:
    """Check the orders anew that name the mark or the contract just changed."""
    if isinstance(deed.obj, TradeMark):
        orders = OemOrder.objects.filter(trade_mark=deed.obj)
    elif isinstance(deed.obj, Authorisation):
        orders = OemOrder.objects.filter(authorisation=deed.obj)
    else:
        return
    actor = SystemActor(f"{deed.code} {deed.obj.pk}")
    for order in orders.order_by("pk"):
        check_order(actor, order)
