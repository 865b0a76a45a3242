"""Reading: officers confirm or reject findings, add what was missed; some texts are read by two.

The second reader sees nothing of the first. Where both say the same it is decided; where they
differ, the head decides with both before their eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.adverts.actions.lead_ads import lead_read_ad
from zhixing.apps.adverts.families import FAMILIES, family_label
from zhixing.apps.adverts.models import Ad, Finding, Review, ReviewVerdict
from zhixing.apps.leads.api import Lead, dispose_lead, reopen_lead
from zhixing.kit.actors import require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid

TURNS = {
    Ad.Reading.FIRST: Review.Turn.FIRST,
    Ad.Reading.SECOND: Review.Turn.SECOND,
    Ad.Reading.DISPUTED: Review.Turn.THIRD,
}
SPAN_LENGTH = 500
Decision = Finding.Decision


def turn_of(actor: Any, ad: Ad) -> str:
    """Which reading of the advertisement the officer may do now.

    Raises:
        Refused: the officer may not read it, or may not decide between two readers.
        Conflict: it is not to be read, or the officer has read it already.
    """
    require(actor, "adverts.review_ad", ad)
    reading = Ad.Reading(ad.reading)
    if reading not in TURNS:
        raise Conflict(_("This advertisement is not to be read now; take the next one."))
    turn = TURNS[reading]
    if turn == Review.Turn.THIRD:
        require(actor, "adverts.settle_ad", ad)
    elif turn == Review.Turn.SECOND and _finished(ad).filter(officer_id=actor.actor_id).exists():
        raise Conflict(_("You have read it the first time; the second reader is a colleague."))
    return turn


def to_decide(ad: Ad, turn: str, review: Review | None) -> list[Finding]:
    """The findings that a reader has to say something about, in the order of the text.

    A second reader gets what the first one got: what the engine found, decided or not by then.
    What the reader has added in this reading stands with it and is not asked again.
    """
    current = ad.findings.filter(is_current=True)
    if turn == Review.Turn.THIRD:
        return list(current.filter(decision="").order_by("start", "pk"))
    engine = current.filter(origin=Finding.Origin.ENGINE, decision="")
    return list(engine.order_by("start", "pk"))


def _finished(ad: Ad) -> Any:
    return ad.reviews.filter(finished_at__isnull=False, ruleset_version=ad.screened_version)


def open_review(actor: Any, ad: Ad) -> Review | None:
    """The officer's unfinished reading of the advertisement, if something was added in one."""
    found: Review | None = ad.reviews.filter(
        officer_id=actor.actor_id, finished_at=None, ruleset_version=ad.screened_version
    ).first()
    return found


@transaction.atomic
def add_finding(
    actor: Any,
    obj: Ad,
    *,
    family: str,
    words: str = "",
    start: int | None = None,
    is_serious: bool = False,
    reason: str = "",
) -> Finding:
    """Add what the rules have missed, in the officer's present reading.

    Args:
        words: as they stand in the text; empty for a statement that is missing.
        start: where they begin, in code points; without it their first place is taken.

    Raises:
        Refused, Conflict: the officer may not read the advertisement now.
        Invalid: the family is unknown, or the words do not stand in the text.
    """
    ad = Ad.objects.select_for_update().get(pk=obj.pk)
    turn = turn_of(actor, ad)
    if family not in FAMILIES:
        sentence = _("Choose what is wrong with it.")
        raise Invalid(sentence, fields={"family": [sentence]})
    place = _place(ad, words, start)
    if place is None and not family.endswith("_MISSING"):
        sentence = _("Mark the words in the text, or copy them here as they stand.")
        raise Invalid(sentence, fields={"words": [sentence]})
    review = open_review(actor, ad) or Review.objects.create(
        ad=ad, officer_id=actor.actor_id, turn=turn, ruleset_version=ad.screened_version,
        started_at=timezone.now(),
    )  # fmt: skip
    first, last = place or (None, None)
    finding = Finding(
        ad=ad,
        family=family,
        start=first,
        end=last,
        span=ad.text[first:last][:SPAN_LENGTH] if place else "",
        severity=Finding.Severity.SERIOUS if is_serious else Finding.Severity.ORDINARY,
        reason=reason.strip(),
        origin=Finding.Origin.OFFICER,
        ruleset_version=ad.screened_version,
        review=review,
        found_at=timezone.now(),
    )
    if _overlapping(finding, review.added.filter(is_current=True)) is not None:
        raise Conflict(_("You have added this already."))
    with deed(actor, "finding.add", ad, detail={"family": family, "span": finding.span}):
        finding.save()
    return finding


def _place(ad: Ad, words: str, start: int | None) -> tuple[int, int] | None:
    if not words:
        return None
    if start is not None and ad.text[start : start + len(words)] == words:
        return start, start + len(words)
    found = ad.text.find(words.strip())
    if found < 0 or not words.strip():
        sentence = _("Expected words of the text, found “%(words)s”; copy them as they stand.")
        told = sentence % {"words": words[:40]}
        raise Invalid(told, fields={"words": [told]})
    return found, found + len(words.strip())


@transaction.atomic
def remove_finding(actor: Any, finding: Finding) -> None:
    """Take back what the officer has added in a reading that is not finished.

    Raises:
        Conflict: it is not the officer's own, or the reading is finished.
    """
    review = finding.review
    if review is None or review.officer_id != actor.actor_id or review.finished_at is not None:
        raise Conflict(_("Only what you have added in this reading can be removed."))
    ad = Ad.objects.select_for_update().get(pk=finding.ad_id)
    with deed(actor, "finding.remove", ad, detail={"family": finding.family, "span": finding.span}):
        finding.delete()


@transaction.atomic
def finish_reading(actor: Any, obj: Ad, decisions: Mapping[int, str], *, version: str = "") -> Ad:
    """Close the officer's reading of an advertisement.

    Args:
        decisions: `confirmed` or `rejected` by the number of each finding that was asked about.
        version: rules the findings were found by when the page was opened.

    Raises:
        Refused: the officer may not read it.
        Conflict: a colleague was faster, or it was screened anew meanwhile.
        Invalid: a finding is left open.
    """
    ad = Ad.objects.select_for_update().get(pk=obj.pk)
    turn = turn_of(actor, ad)
    if version and version != ad.screened_version:
        raise Conflict(_("It was screened by newer rules meanwhile; look at the findings again."))
    review = open_review(actor, ad) or Review(
        ad=ad, officer_id=actor.actor_id, turn=turn, ruleset_version=ad.screened_version,
        started_at=timezone.now(),
    )  # fmt: skip
    asked = to_decide(ad, turn, review)
    if left := [row for row in asked if decisions.get(row.pk) not in Decision.values]:
        raise Invalid(
            _("Confirm or reject each finding; %(n)d are open: %(which)s.")
            % {"n": len(left), "which": "; ".join(_named(row) for row in left[:3])}
        )
    given = {row.pk: decisions[row.pk] for row in asked}
    with deed(actor, "ad.review", ad) as act:
        added = list(review.added.filter(is_current=True)) if review.pk else []
        review.turn, review.finished_at = turn, timezone.now()
        review.is_violating = bool(added) or Decision.CONFIRMED in given.values()
        review.save()
        _keep_verdicts(review, given)
        act.detail = {
            "turn": str(turn),
            "rules": ad.screened_version,
            "decisions": {str(pk): decision for pk, decision in given.items()},
            "added": [row.pk for row in added],
        }
        _put_together(actor, ad, turn, asked, given, added)
        ad.save()
        if ad.verdict:
            _tell_lead(actor, ad)
    return ad


def _named(finding: Finding) -> str:
    return finding.span or family_label(finding.family)


def _keep_verdicts(review: Review, given: Mapping[int, str]) -> None:
    review.verdicts.all().delete()  # of a reading that was taken back
    ReviewVerdict.objects.bulk_create(
        ReviewVerdict(review=review, finding_id=pk, decision=decision)
        for pk, decision in given.items()
    )


def _put_together(
    actor: Any,
    ad: Ad,
    turn: str,
    asked: Sequence[Finding],
    given: Mapping[int, str],
    added: Sequence[Finding],
) -> None:
    """What follows from this reading, and from the one before it, for findings and text."""
    if turn == Review.Turn.FIRST and ad.is_double:
        ad.reading = Ad.Reading.SECOND
        return
    if turn == Review.Turn.SECOND:
        first = _finished(ad).get(turn=Review.Turn.FIRST)
        said = dict(first.verdicts.values_list("finding", "decision"))
        agreed = {pk: decision for pk, decision in given.items() if said.get(pk) == decision}
        _decide(actor, [row for row in asked if row.pk in agreed], agreed)
        disputed = len(agreed) < len(given)
        disputed |= _match_added(actor, list(first.added.filter(is_current=True)), added)
        if disputed:
            ad.reading = Ad.Reading.DISPUTED
            return
    else:
        _decide(actor, asked, given)
        _decide(actor, added, {row.pk: Decision.CONFIRMED for row in added})
    _close(ad)


def _decide(actor: Any, rows: Iterable[Finding], decisions: Mapping[int, str]) -> None:
    now = timezone.now()
    for row in rows:
        row.decision, row.decided_at = decisions[row.pk], now
        row.decided_by_id, row.is_carried = actor.actor_id, False
        row.save(update_fields=["decision", "decided_at", "decided_by", "is_carried"])


def _match_added(actor: Any, first: Sequence[Finding], second: Sequence[Finding]) -> bool:
    """Confirm what both readers have added; returns whether one of them added something alone."""
    alone, matched = False, set()
    for row in second:
        same = _overlapping(row, first)
        if same is None:
            alone = True
            continue
        matched.add(same.pk)
        row.is_current = False  # the first reader's row stands for both
        row.save(update_fields=["is_current"])
    both = [row for row in first if row.pk in matched]
    _decide(actor, both, {row.pk: Decision.CONFIRMED for row in both})
    return alone or len(both) < len(first)


def _overlapping(row: Finding, others: Iterable[Finding]) -> Finding | None:
    """A finding of the same family over the same words, or likewise about something missing."""
    for other in others:
        if other.family != row.family or other.is_absence != row.is_absence:
            continue
        if row.is_absence or (
            (row.start or 0) < (other.end or 0) and (other.start or 0) < (row.end or 0)
        ):
            return other
    return None


def _close(ad: Ad) -> None:
    """The verdict on the whole text, from what is confirmed of it."""
    confirmed = ad.findings.filter(is_current=True, decision=Decision.CONFIRMED)
    severities = set(confirmed.values_list("severity", flat=True))
    ad.verdict = Ad.Verdict.CLEAR
    if severities:
        is_serious = Finding.Severity.SERIOUS in severities
        ad.verdict = Ad.Verdict.SERIOUS if is_serious else Ad.Verdict.VIOLATING
    ad.reading, ad.decided_at = Ad.Reading.DONE, timezone.now()


def _tell_lead(actor: Any, ad: Ad) -> None:
    """A clear text needs no lead any more; an unlawful one has one."""
    if ad.verdict != Ad.Verdict.CLEAR:
        lead_read_ad(actor, ad)
        return
    lead = ad.lead
    if lead is None or not lead.is_open or not actor.has_perm("leads.dispose_lead", lead):
        return
    if Ad.objects.filter(lead=lead).exclude(pk=ad.pk).exclude(verdict=Ad.Verdict.CLEAR).exists():
        return  # another print of the advertisement is not clear
    dispose_lead(
        actor, lead, disposition=Lead.Disposition.DISMISSED,
        reason=_("All findings were rejected when the advertisement was read."),
    )  # fmt: skip


@transaction.atomic
def reopen_reading(actor: Any, obj: Ad, *, reason: str) -> Ad:
    """Take the last reading back: by whoever did it, or by the head.

    Raises:
        Refused: neither.
        Conflict: no reading is finished.
        Invalid: no reason.
    """
    if not reason.strip():
        raise Invalid(_("Write why the reading is taken back."), fields={"reason": [_("required")]})
    ad = Ad.objects.select_for_update().get(pk=obj.pk)
    require(actor, "adverts.review_ad", ad)
    last: Review | None = _finished(ad).order_by("-finished_at", "-pk").first()
    if last is None:
        raise Conflict(_("No reading is finished; there is nothing to take back."))
    if last.officer_id != actor.actor_id:
        require(actor, "adverts.settle_ad", ad)
    asked = set(last.verdicts.values_list("finding", flat=True))
    with deed(actor, "ad.reopen", ad, reason=reason.strip()):
        rows = ad.findings.filter(is_current=True, decided_at__gte=last.finished_at)
        asked |= set(rows.filter(is_carried=False).values_list("pk", flat=True))
        ad.findings.filter(pk__in=asked).update(decision="", decided_by=None, decided_at=None)
        last.finished_at = None
        last.save(update_fields=["finished_at"])
        ad.verdict, ad.decided_at = "", None
        ad.reading = {turn: reading for reading, turn in TURNS.items()}[Review.Turn(last.turn)]
        ad.save()
        lead = ad.lead
        if lead is not None and not lead.is_open and lead.disposed_by_id == actor.actor_id:
            reopen_lead(actor, lead, reason=reason.strip())
    return ad
