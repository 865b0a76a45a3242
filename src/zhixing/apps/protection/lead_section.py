"""The file of a confirmed lead, on the page of the lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhixing.apps.leads.api import Lead
from zhixing.apps.protection import selectors
from zhixing.kit.actors import Actor


def file_of(actor: Actor, lead: Lead) -> Mapping[str, Any] | None:
    """The file, or the way to open one; nothing before the lead is confirmed."""
    if lead.disposition != Lead.Disposition.CONFIRMED:
        return None
    if not actor.has_perm("protection.view_infringementfile", lead):
        return None
    return {
        "lead": lead,
        "file": selectors.file_of_lead(actor, lead),
        "may_open": actor.has_perm("protection.add_infringementfile", lead),
    }
