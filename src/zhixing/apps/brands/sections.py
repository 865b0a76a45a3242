"""What the guard adds to the page of a name: what it was found like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from zhixing.apps.brands.models import NameKind, Sighting
from zhixing.apps.brands.selectors import hits_of_name
from zhixing.kit.actors import Actor


def hits_section(actor: Actor, row: Model) -> Mapping[str, Any] | None:
    """What was found about a sighting, or a product label; nothing for who may not see hits."""
    if not actor.has_perm("brands.view_hit"):
        return None
    kind = row.kind if isinstance(row, Sighting) else NameKind.LABEL.value
    hits = list(hits_of_name(actor, kind, row.pk))
    return {"hits": hits, "count": len(hits)}
