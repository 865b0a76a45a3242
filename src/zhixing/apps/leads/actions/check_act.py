"""What an officer establishes on a lead: its kind of act, and the items of the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.actions.handle_lead import locked_open
from zhixing.apps.leads.checklist import checklist_of
from zhixing.apps.leads.models import Lead, LeadAnswer
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.files.api import attach
from zhixing.law import LawError

NOTE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Given:
    """What an officer says on one item; an empty answer leaves the item as it stands."""

    answer: str
    note: str = ""
    file: File[bytes] | None = None


@transaction.atomic
def name_act(actor: Actor, lead: Lead, *, act_kind: str, acted_on: date | None = None) -> Lead:
    """Say what kind of act is suspected and when it was done; the checklist follows from it.

    Raises:
        Refused: the actor may not decide on leads of that office.
        Invalid: an unknown kind of act, or a day that has not come yet.
        Conflict: the lead is disposed of already.
    """
    require(actor, "leads.dispose_lead", lead)
    check_act_kind(act_kind)
    if acted_on is not None and acted_on > timezone.localdate():
        sentence = _("Expected a day up to today, got %(day)s.") % {"day": acted_on}
        raise Invalid(sentence, fields={"acted_on": [sentence]})
    lead = locked_open(lead)
    with deed(actor, "lead.name_act", lead):
        lead.act_kind, lead.acted_on = act_kind, acted_on
        lead.save(update_fields=["act_kind", "acted_on"])
    return lead


def check_act_kind(act_kind: str) -> None:
    """Pass if the table of acts has the kind.

    Raises:
        Invalid: it has not.
    """
    try:
        law.acts().kind(act_kind)
    except LawError as error:
        sentence = _("Choose a kind of act from the list.")
        raise Invalid(sentence, fields={"act_kind": [sentence]}) from error


@transaction.atomic
def answer_checklist(actor: Officer, lead: Lead, given: Mapping[str, Given]) -> int:
    """Keep the answers that differ from what stands there; who and when is kept with each.

    Args:
        given: item code → answer; an item left out or without an answer stays as it is.

    Returns:
        How many items were answered or changed.

    Raises:
        Refused: the actor may not decide on leads of that office.
        Invalid: no kind of act is named yet, an unknown item or answer, or a note without answer.
        Conflict: the lead is disposed of already.
    """
    require(actor, "leads.dispose_lead", lead)
    lead = locked_open(lead)
    checklist = checklist_of(lead)
    if checklist is None:
        raise Conflict(_("Say first what kind of act is suspected; the checklist follows from it."))
    lines = {line.item.code: line for line in checklist.lines}
    _check_given(given, set(lines))
    changed: list[LeadAnswer] = []
    told = []
    for code, item in given.items():
        before = lines[code].answer
        note = item.note.strip()
        same = before is not None and (before.answer, before.note) == (item.answer, note)
        if not item.answer or same:
            continue
        answer = before or LeadAnswer(lead=lead, act_kind=lead.act_kind, item=code)
        told.append(
            {"item": code, "before": before.answer if before else "", "answer": item.answer,
             "note": note}
        )  # fmt: skip
        answer.answer, answer.note = item.answer, note
        answer.answered_by, answer.answered_at = actor, timezone.now()
        changed.append(answer)
    if changed:
        with deed(actor, "lead.answer", lead, detail={"answers": told}):
            for answer in changed:
                answer.save()
    for code, item in given.items():
        if item.file is not None:
            attach(actor, lead, item.file, caption=lines[code].text[:200], role=code)
    return len(changed)


def _check_given(given: Mapping[str, Given], known: set[str]) -> None:
    for code, item in given.items():
        if code not in known:
            raise Invalid(_("The checklist has no item “%(item)s”.") % {"item": code})
        if item.answer and item.answer not in LeadAnswer.Answer.values:
            raise Invalid(
                _("Expected one of %(known)s, got “%(given)s”.")
                % {"known": ", ".join(LeadAnswer.Answer.values), "given": item.answer}
            )
        if len(item.note.strip()) > NOTE_LENGTH:
            sentence = _("At most %(n)d characters.") % {"n": NOTE_LENGTH}
            raise Invalid(sentence, fields={f"note-{code}": [sentence]})
        if item.note.strip() and not item.answer:
            sentence = _("Choose an answer with the note; “cannot tell” is one.")
            raise Invalid(sentence, fields={f"answer-{code}": [sentence]})
