"""What the pages of an advertisement, a capture, an approval, a medium and a day show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts.families import family_label
from zhixing.apps.adverts.marking import Piece, pieces
from zhixing.apps.adverts.models import Ad, Approval, Capture, Finding
from zhixing.apps.adverts.screening import articles_in_words
from zhixing.apps.adverts.selectors import (
    ads_of_capture,
    ads_visible,
    approvals_visible,
    captures_visible,
    findings_of,
    placements_visible,
    variants_of,
)
from zhixing.apps.media.api import Medium, MediumDay
from zhixing.kit.actors import Actor

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as the page tells it, under its number."""

    number: int
    finding: Finding
    family: str
    articles: str
    disguise: str


DISGUISES = {"", "none"}
DISGUISE_WORDS = {
    "space": _("parted by blanks"),
    "symbol": _("parted by symbols"),
    "homophone": _("same sound"),
    "pinyin": _("pinyin or letters"),
    "split": _("split characters"),
    "glyph": _("look-alike characters"),
    "traditional": _("traditional characters"),
    "fullwidth": _("full-width characters"),
    "emoji": _("pictures"),
    "zerowidth": _("invisible characters"),
    "repeat": _("repeated characters"),
    "mixed": _("several disguises"),
}


def lines(findings: Sequence[Finding]) -> list[Line]:
    """The findings with their words, in the order of the text."""
    return [
        Line(
            number,
            finding,
            family_label(finding.family),
            "; ".join(articles_in_words(finding.articles)),
            "" if finding.disguise in DISGUISES else disguise_label(finding.disguise),
        )
        for number, finding in enumerate(findings, start=1)
    ]


def disguise_label(code: str) -> str:
    """The words of a disguise; one that is not known stands for itself."""
    return str(DISGUISE_WORDS.get(code, code))


def marked(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """The text cut at its findings."""
    return pieces(text, findings)


def words(actor: Actor, ad: Ad) -> Mapping[str, Any]:
    """The text with the findings marked, and the findings one by one."""
    found = list(findings_of(ad))
    return {"ad": ad, "pieces": marked(ad.text, found), "lines": lines(found), "count": len(found)}


def placements(actor: Actor, ad: Ad) -> Mapping[str, Any]:
    """Where the advertisement appeared, the latest first; variants have their own."""
    rows = placements_visible(actor).filter(ad=ad).order_by("-shown_on", "-shown_at", "-pk")
    return {"rows": list(rows[:SHOWN]), "count": rows.count(), "ad": ad}


def variants(actor: Actor, ad: Ad) -> Mapping[str, Any] | None:
    """Other prints of the same advertisement."""
    rows = list(variants_of(actor, ad)[:SHOWN])
    return {"ads": rows, "count": len(rows)} if rows else None


def approval(actor: Actor, ad: Ad) -> Mapping[str, Any] | None:
    """The approval that the advertisement names."""
    if not ad.approval_number or not actor.has_perm("adverts.view_approval"):
        return None
    found = approvals_visible(actor).filter(number=ad.approval_number).first()
    return {"number": ad.approval_number, "approval": found}


def evidence(actor: Actor, ad: Ad) -> Mapping[str, Any] | None:
    """The captures that the advertisement came in with; each keeps its file under its hash."""
    if not actor.has_perm("adverts.view_capture"):
        return None
    rows = captures_visible(actor).filter(placements__ad=ad).distinct().order_by("-captured_at")
    return {"captures": list(rows[:SHOWN]), "of": ad}


def captured(actor: Actor, capture: Capture) -> Mapping[str, Any] | None:
    """What a capture brought."""
    rows = ads_of_capture(actor, capture)
    return {"ads": list(rows[:SHOWN]), "count": rows.count()}


def rejects(actor: Actor, capture: Capture) -> Mapping[str, Any] | None:
    """Parts of the source that could not be used."""
    rows = capture.rejects
    return {"rejects": rows[:SHOWN], "count": len(rows)} if rows else None


def files(actor: Actor, capture: Capture) -> Mapping[str, Any]:
    """The file as it was received."""
    return {"of": capture}


def ads_of_approval(actor: Actor, found: Approval) -> Mapping[str, Any] | None:
    """Advertisements that show the number."""
    if not actor.has_perm("adverts.view_ad"):
        return None
    rows = ads_visible(actor).filter(approval_number=found.number)
    return {"ads": list(rows.order_by("-last_seen", "-pk")[:SHOWN]), "count": rows.count()}


def of_medium(actor: Actor, medium: Medium) -> Mapping[str, Any] | None:
    """The latest placements on a medium."""
    if not actor.has_perm("adverts.view_placement", medium):
        return None
    rows = placements_visible(actor).filter(medium=medium).order_by("-shown_on", "-pk")
    return {"rows": list(rows[:SHOWN]), "count": rows.count(), "medium": medium}


def of_day(actor: Actor, day: MediumDay) -> Mapping[str, Any] | None:
    """The placements found on a monitored day."""
    if not actor.has_perm("adverts.view_placement", day):
        return None
    rows = placements_visible(actor).filter(medium_day=day).order_by("shown_at", "pk")
    return {"rows": list(rows[:SHOWN]), "count": rows.count(), "day": day}
