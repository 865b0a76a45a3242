"""Due process: notice, reply, approval by another, issue, publication, lifting.

Which state each deed starts from and which permission it asks for stands in `DEEDS`; the page, the
tests and the deeds themselves read the same table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.discipline import papers
from zhixing.apps.discipline.models import Sanction
from zhixing.apps.media.api import Medium, set_medium_status
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated

State = Sanction.State
WORKS, DECIDES = "discipline.change_sanction", "discipline.decide_sanction"
# What a step means for the register of media once it is in force.
STATUS = {"suspend": Medium.Status.SUSPENDED, "revoke": Medium.Status.CLOSED}


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a deed starts, where it leads, and who may do it."""

    starts: tuple[str, ...]
    leads_to: str
    perm: str


DEEDS: Mapping[str, Rule] = {
    "notice": Rule((State.PROPOSED,), State.NOTICED, WORKS),
    "reply": Rule((State.NOTICED,), State.NOTICED, WORKS),
    "submit": Rule((State.NOTICED,), State.SUBMITTED, WORKS),
    "approve": Rule((State.SUBMITTED,), State.APPROVED, DECIDES),
    "refuse": Rule((State.SUBMITTED,), State.REFUSED, DECIDES),
    "issue": Rule((State.APPROVED,), State.ISSUED, WORKS),
    "tell": Rule((State.ISSUED,), State.ISSUED, WORKS),
    "answer": Rule((State.ISSUED,), State.ISSUED, WORKS),
    "publish": Rule((State.ISSUED,), State.ISSUED, WORKS),
    "rectified": Rule((State.ISSUED,), State.ISSUED, WORKS),
    "lift": Rule((State.ISSUED,), State.LIFTED, DECIDES),
    "drop": Rule((State.PROPOSED, State.NOTICED), State.DROPPED, WORKS),
}


def is_open(sanction: Sanction, code: str) -> bool:
    """Whether state and ladder allow the deed now."""
    if sanction.state not in DEEDS[code].starts:
        return False
    rung = sanction.rung
    match code:
        case "reply":
            return sanction.replied_on is None
        case "submit":
            return may_submit(sanction, timezone.localdate())
        case "tell":
            return rung.notifies_authority and sanction.authority_told_on is None
        case "answer":
            return rung.decided_by == "authority" and not sanction.authority_answer
        case "publish":
            return sanction.published_on is None and _binds(sanction)
        case "rectified":
            return sanction.term_until is not None and sanction.rectified_on is None
    return True


def may_submit(sanction: Sanction, today: date) -> bool:
    """Whether the medium has replied, or its time for that has passed."""
    return sanction.replied_on is not None or (
        sanction.reply_due is not None and today > sanction.reply_due
    )


@transaction.atomic
def give_notice(actor: Actor, sanction: Sanction, *, grounds: str = "") -> Sanction:
    """Tell the medium what is intended and why; its time to reply begins.

    Whoever gives the notice answers for the proposal and cannot approve it. The paper of the notice
    is issued in the same transaction.
    """
    sanction = _locked(actor, sanction, "notice")
    today = timezone.localdate()
    due = law.deadline(sanction.rung.reply_clock, today)
    changes = {
        "grounds": grounds.strip() or sanction.grounds,
        "handler_id": actor.actor_id,
        "noticed_on": today,
        "reply_due": due.due,
        "reply_due_is_provisional": due.provisional,
    }
    sanction = _write(actor, sanction, "notice", changes)
    papers.issue_notice(actor, sanction)
    return sanction


def record_reply(actor: Actor, sanction: Sanction, *, reply: str, replied_on: date) -> Sanction:
    """Write down what the medium answered.

    Raises:
        Invalid: nothing was answered, or on a day before the notice or in the future.
    """
    with transaction.atomic():
        sanction = _locked(actor, sanction, "reply")
        told = stated(reply)
        assert sanction.noticed_on is not None
        _check_day(replied_on, sanction.noticed_on, "replied_on")
        changes = {"reply": told, "replied_on": replied_on}
        return _write(actor, sanction, "reply", changes)


@transaction.atomic
def submit(actor: Actor, sanction: Sanction, *, opinion: str) -> Sanction:
    """Put the proposal before the leader, with what is made of the reply.

    Raises:
        Conflict: the medium has neither replied nor had its full time to.
    """
    sanction = _locked(actor, sanction, "submit", check=False)
    if not may_submit(sanction, timezone.localdate()):
        raise Conflict(
            _("The medium may reply until %(day)s; put it before the leader after that.")
            % {"day": sanction.reply_due}
        )
    changes = {"opinion": stated(opinion), "submitted_on": timezone.localdate()}
    return _write(actor, sanction, "submit", changes)


@transaction.atomic
def approve(actor: Actor, sanction: Sanction, *, case_number: str = "") -> Sanction:
    """Approve as the leader, who must be another than whoever prepared it.

    Raises:
        Conflict: the actor prepared it.
        Invalid: the step asks for a filed case and none is named.
    """
    sanction = _locked(actor, sanction, "approve")
    _check_other(actor, sanction)
    if sanction.rung.needs_case and not case_number.strip():
        sentence = _("This step is taken only in a filed case; name its number.")
        raise Invalid(sentence, fields={"case_number": [sentence]})
    changes = {
        "decided_by_id": actor.actor_id,
        "decided_on": timezone.localdate(),
        "case_number": case_number.strip()[:60],
    }
    return _write(actor, sanction, "approve", changes)


@transaction.atomic
def refuse(actor: Actor, sanction: Sanction, *, reason: str) -> Sanction:
    """Refuse as the leader, with a reason."""
    sanction = _locked(actor, sanction, "refuse")
    _check_other(actor, sanction)
    told = stated(reason)
    changes = {
        "decided_by_id": actor.actor_id, "decided_on": timezone.localdate(), "refusal": told,
    }  # fmt: skip
    return _write(actor, sanction, "refuse", changes, told)


@transaction.atomic
def issue(actor: Actor, sanction: Sanction, *, until: date | None = None) -> Sanction:
    """Issue the paper; from now on the step is in force, or lies with the authority.

    Args:
        until: for how long advertising is suspended; a term for putting right is counted by law.

    Raises:
        Invalid: the day lies in the past, or a suspension names none.
    """
    sanction = _locked(actor, sanction, "issue")
    today, rung = timezone.localdate(), sanction.rung
    term = law.deadline(rung.term_clock, today).due if rung.term_clock else until
    if (term is not None and term <= today) or (term is None and rung.code == "suspend"):
        sentence = _("Name a day to come until which the measure lasts.")
        raise Invalid(sentence, fields={"until": [sentence]})
    changes: dict[str, Any] = {"issued_on": today, "term_until": term}
    if rung.publication_clock and rung.decided_by == "bureau":
        changes["publication_due"] = law.deadline(rung.publication_clock, today).due
    sanction = _write(actor, sanction, "issue", changes)
    papers.issue_decision(actor, sanction)
    return sanction


@transaction.atomic
def tell_authority(actor: Actor, sanction: Sanction, *, authority: str, told_on: date) -> Sanction:
    """Write down that the press or broadcasting authority was told (Advertising Law art 67)."""
    sanction = _locked(actor, sanction, "tell")
    if not authority.strip():
        sentence = _("Name the authority that was told.")
        raise Invalid(sentence, fields={"authority": [sentence]})
    assert sanction.issued_on is not None
    _check_day(told_on, sanction.issued_on, "told_on")
    changes = {"authority": authority.strip()[:120], "authority_told_on": told_on}
    return _write(actor, sanction, "tell", changes)


@transaction.atomic
def record_answer(actor: Actor, sanction: Sanction, *, answer: str, answered_on: date) -> Sanction:
    """Write down what the competent authority decided; a decision taken is to be published."""
    sanction = _locked(actor, sanction, "answer")
    if answer not in Sanction.Answer.values:
        raise Invalid(_("Unknown answer: %(given)s.") % {"given": answer})
    assert sanction.issued_on is not None
    _check_day(answered_on, sanction.issued_on, "answered_on")
    changes: dict[str, Any] = {"authority_answer": answer, "authority_answered_on": answered_on}
    clock = sanction.rung.publication_clock
    if answer == Sanction.Answer.TAKEN and clock:
        changes["publication_due"] = law.deadline(clock, answered_on).due
    return _write(actor, sanction, "answer", changes)


@transaction.atomic
def publish(actor: Actor, sanction: Sanction, *, where: str, published_on: date) -> Sanction:
    """Write down where and when the measure was made public."""
    sanction = _locked(actor, sanction, "publish")
    if not where.strip():
        sentence = _("Name the place where it was published.")
        raise Invalid(sentence, fields={"where": [sentence]})
    assert sanction.issued_on is not None
    _check_day(published_on, sanction.issued_on, "published_on")
    changes = {"published_at": where.strip()[:300], "published_on": published_on}
    return _write(actor, sanction, "publish", changes)


@transaction.atomic
def record_rectified(
    actor: Actor, sanction: Sanction, *, report: str, rectified_on: date
) -> Sanction:
    """Write down what the medium put right, as an officer found it."""
    sanction = _locked(actor, sanction, "rectified")
    assert sanction.issued_on is not None
    _check_day(rectified_on, sanction.issued_on, "rectified_on")
    changes = {"rectification": stated(report), "rectified_on": rectified_on}
    return _write(actor, sanction, "rectified", changes)


@transaction.atomic
def lift(actor: Actor, sanction: Sanction, *, reason: str) -> Sanction:
    """End a measure as the leader; a medium that was suspended works again.

    The step stays in the history and still counts as taken for the next one.
    """
    sanction = _locked(actor, sanction, "lift")
    told = stated(reason)
    changes = {"lifted_on": timezone.localdate(), "ended_for": told}
    sanction = _write(actor, sanction, "lift", changes, told)
    if sanction.step == "suspend" and sanction.medium.status == Medium.Status.SUSPENDED:
        set_medium_status(actor, sanction.medium, Medium.Status.ACTIVE, reason=told)
    return sanction


@transaction.atomic
def set_status(actor: Actor, sanction: Sanction) -> Medium:
    """Show a suspension or revocation in the register of media, as head or leader.

    Raises:
        Conflict: the step is not in force, or it leaves the medium's status as it is.
    """
    if sanction.step not in STATUS or sanction.state != State.ISSUED or not _binds(sanction):
        raise Conflict(_("This measure does not change the status of the medium."))
    reason = _("Measure in force: %(measure)s") % {"measure": sanction.step_title}
    return set_medium_status(actor, sanction.medium, STATUS[sanction.step], reason=reason)


@transaction.atomic
def drop(actor: Actor, sanction: Sanction, *, reason: str) -> Sanction:
    """Let a proposal be, with the reason; it stays in the history."""
    sanction = _locked(actor, sanction, "drop")
    told = stated(reason)
    return _write(actor, sanction, "drop", {"ended_for": told}, told)


def _binds(sanction: Sanction) -> bool:
    """Whether the measure is in force and not only proposed to an authority."""
    return (
        sanction.rung.decided_by == "bureau" or sanction.authority_answer == Sanction.Answer.TAKEN
    )


def _check_other(actor: Actor, sanction: Sanction) -> None:
    if actor.actor_id is None or actor.actor_id in (sanction.handler_id, sanction.proposed_by_id):
        raise Conflict(_("Who prepared the measure does not decide on it."))


def _check_day(day: date, first: date, field: str) -> None:
    today = timezone.localdate()
    if not first <= day <= today:
        sentence = _("Expected a day from %(start)s to %(end)s, found %(day)s.") % {
            "start": first, "end": today, "day": day,
        }  # fmt: skip
        raise Invalid(sentence, fields={field: [sentence]})


def _locked(actor: Actor, sanction: Sanction, code: str, *, check: bool = True) -> Sanction:
    fresh: Sanction = Sanction.objects.select_for_update().get(pk=sanction.pk)
    require(actor, DEEDS[code].perm, fresh)
    allowed = is_open(fresh, code) if check else fresh.state in DEEDS[code].starts
    if not allowed:
        raise Conflict(
            _("The measure is “%(state)s” now; this step is not open.")
            % {"state": fresh.get_state_display()}
        )
    return fresh


def _write(
    actor: Actor, sanction: Sanction, code: str, changes: Mapping[str, Any], reason: str = ""
) -> Sanction:
    with deed(actor, f"sanction.{code}", sanction, reason=reason):
        for name, value in changes.items():
            setattr(sanction, name, value)
        sanction.state = DEEDS[code].leads_to
        sanction.save()
    return sanction
