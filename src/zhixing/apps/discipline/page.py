"""What the pages of discipline show below the facts, and on the page of a medium and of an ad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhixing.apps.adverts.api import Ad, Finding
from zhixing.apps.discipline import selectors, words
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training
from zhixing.apps.media.api import Medium
from zhixing.kit.actors import Actor

NAMES = {
    "item": "条次违法率", "time": "时长违法率", "area": "版面违法率", "serious": "严重违法率",
    "focus": "重点行业条次违法率",
}  # fmt: skip


def reasons(actor: Actor, sanction: Sanction) -> Mapping[str, Any]:
    """The lines that were met, with their figures."""
    lines = [(words.reason_text(reason), reason["is_verified"]) for reason in sanction.reasons]
    return {"sanction": sanction, "lines": lines}


def rung(actor: Actor, sanction: Sanction) -> Mapping[str, Any]:
    """What the step is in today's law, and where it stands."""
    return {"rung": sanction.rung, "articles": words.cited(sanction.rung.articles)}


def frozen(actor: Actor, sanction: Sanction) -> Mapping[str, Any]:
    """The rates of the period as they stood on the day of the proposal."""
    rates = [
        (name, words.rate_text(sanction.figures[code]), sanction.figures[code])
        for code, name in NAMES.items()
        if code in sanction.figures
    ]
    return {"rates": rates, "figures": sanction.figures}


def history(actor: Actor, sanction: Sanction) -> Mapping[str, Any]:
    """Every other step on the medium."""
    found = [one for one in selectors.sanctions_of(sanction.medium) if one.pk != sanction.pk]
    return {"sanctions": found, "count": len(found), "medium": sanction.medium}


def itself(actor: Actor, row: Any) -> Mapping[str, Any]:
    """The row, for tags that look after themselves."""
    return {"row": row}


def dispatched(actor: Actor, dispatch: Dispatch) -> Mapping[str, Any]:
    """The advertisement with what was found in it; the receiver sees it here."""
    findings = Finding.objects.filter(ad=dispatch.ad, is_current=True).exclude(decision="rejected")
    return {
        "dispatch": dispatch,
        "ad": dispatch.ad,
        "findings": list(findings),
        "may_open": actor.has_perm("adverts.view_ad", dispatch.ad),
        "lead": dispatch.lead,
        "may_open_lead": dispatch.lead is not None
        and actor.has_perm("leads.view_lead", dispatch.lead),
    }


def month(actor: Actor, bulletin: Bulletin) -> Mapping[str, Any]:
    """The figures of the month as the draft has them."""
    return {"figures": bulletin.figures}


def calls(actor: Actor, training: Training) -> Mapping[str, Any]:
    """Who was invited and who came."""
    found = list(selectors.calls_visible(actor).filter(training=training))
    return {"calls": found, "count": len(found)}


def of_medium(actor: Actor, medium: Medium) -> Mapping[str, Any] | None:
    """The measures on a medium, on its own page."""
    if not actor.has_perm("discipline.view_sanction", medium):
        return None
    found = list(selectors.sanctions_of(medium))
    return {"sanctions": found, "count": len(found), "medium": medium}


def of_ad(actor: Actor, ad: Ad) -> Mapping[str, Any] | None:
    """Where an advertisement was sent on to, on its own page."""
    if not actor.has_perm("discipline.view_dispatch"):
        return None
    found = list(selectors.dispatches_visible(actor).filter(ad=ad))
    return {
        "dispatches": found,
        "count": len(found),
        "ad": ad,
        "may_send": actor.has_perm("discipline.add_dispatch"),
    }
