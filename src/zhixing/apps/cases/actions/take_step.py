"""Deed: take one step of the procedure, if the law table lets it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.cases.actions import run_clocks as clocks
from zhixing.apps.cases.guards import Given, missing
from zhixing.apps.cases.models import Case, CaseOfficer, CaseService, CaseStep, CaseStop
from zhixing.kit.actors import Actor, require
from zhixing.kit.acts import in_language
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import validate
from zhixing.law.procedure import BACK

# The document that a step serves.
SERVED = {"notify": 37, "serve": 45}
REMEDIES = ("reconsideration_request", "court_action")
DAY_OF: Mapping[str, str] = {
    "file": "filed_on",
    "decide": "decided_on",
    "decide_without_notice": "decided_on",
    "close": "closed_on",
    "archive": "archived_on",
}
# Steps that are reviews: who takes one becomes a reviewer of the case.
REVIEWS = frozenset({"send_back", "pass_review"})


def may_take(actor: Actor, case: Case, step: law.ProcedureStep) -> bool:
    """Whether state and role let the actor take the step; guards are looked at when taking it."""
    return case.state in step.sources and actor.has_perm(f"cases.{step.by}_case", case)


@transaction.atomic
def take_step(
    actor: Actor,
    obj: Case,
    code: str,
    *,
    on: date | None = None,
    note: str = "",
    service: Mapping[str, Any] | None = None,
    **values: Any,
) -> Case:
    """Take a step: check role, state and guards, then write values, clocks, stops and history.

    Args:
        on: the day that counts; today if none is given.
        note: the reason, or the opinion of who takes it.
        service: manner, receiver and note, for steps that serve a document.
        values: fields of the case that the step fills in.

    Raises:
        Refused: the case is not of the actor's offices, or the role does not take such steps.
        Conflict: the step does not lead on from the state; the sentence names its article.
        Invalid: something the law asks for is missing; each with its article.
    """
    step = law.procedure().step(code)
    case = Case.objects.select_for_update().get(pk=obj.pk)
    require(actor, f"cases.{step.by}_case", case)
    if case.state not in step.sources:
        raise Conflict(
            _("“%(step)s” does not lead on from “%(state)s” (%(article)s).")
            % {
                "step": in_language(step, "title"),
                "state": case.state_label,
                "article": step.cited,
            }
        )
    day = _day(case, on)
    for name, value in values.items():
        setattr(case, name, value)
    lacking = missing(step, Given(actor, case, day))
    if lacking:
        told = [f"{one.text}({one.article})" for one in lacking]
        raise Invalid(_("Before this step is missing: %(what)s.") % {"what": ";".join(told)})
    source, target = case.state, case.state_before if step.target == BACK else step.target
    with deed(actor, f"case.{code}", case, reason=note.strip()):
        if step.stops == CaseStop.Kind.SUSPENSION:
            case.state_before = source
        case.state = target
        if code in DAY_OF:
            setattr(case, DAY_OF[code], day)
        validate(case)
        case.save()
        CaseStep.objects.create(
            case=case, code=code, source=source, target=target, on=day, taken_by_id=actor.actor_id,
            note=note.strip(), facts=_as_it_stood(case),
        )  # fmt: skip
        _join(actor, case, code, day)
        served = _serve(case, code, day, service or {})
        _stop(case, step, day)
        clocks.meet(case, step.ends, day)
        for clock in step.starts:
            clocks.start(case, clock, served if served and clock != "penalty_publication" else day)
        clocks.recount(case)
    return case


def _day(case: Case, on: date | None) -> date:
    today = timezone.localdate()
    day = on or today
    last = case.steps.order_by("-pk").first()
    earliest = last.on if last else case.found_on
    if not earliest <= day <= today:
        sentence = _("Expected a day from %(first)s until today, found %(day)s.") % {
            "first": earliest,
            "day": day,
        }
        raise Invalid(sentence, fields={"on": [sentence]})
    return day


def _join(actor: Actor, case: Case, code: str, day: date) -> None:
    if code not in REVIEWS or actor.actor_id is None:
        return
    if not case.people.filter(officer=actor.actor_id, until=None).exists():
        CaseOfficer.objects.create(
            case=case, officer_id=actor.actor_id, part=CaseOfficer.Part.REVIEWER, since=day
        )


def _serve(case: Case, code: str, day: date, service: Mapping[str, Any]) -> date | None:
    if code not in SERVED:
        return None
    form_no = SERVED[code]
    if case.decision in Case.WITHOUT_PENALTY and code == "serve":
        form_no = 46
    return record_service(case, form_no, day, **service).served_on


def record_service(
    case: Case, form_no: int, day: date, *, manner: str = "direct", receiver: str = "",
    note: str = "",
) -> CaseService:  # fmt: skip
    """Write down a service; by public notice it counts when the period of the notice is over."""
    served = day
    if manner == CaseService.Manner.PUBLIC:
        served = law.day_of(law.deadline("public_notice_service", day).due)
        CaseStop.objects.create(
            case=case, kind=CaseStop.Kind.PUBLIC_NOTICE, first=day, last=served,
            basis=str(form_no),
        )  # fmt: skip
    row = CaseService(
        case=case, form_no=form_no, manner=manner, sent_on=day, served_on=served,
        receiver=receiver, note=note,
    )  # fmt: skip
    validate(row)
    row.save()
    return row


def _stop(case: Case, step: law.ProcedureStep, day: date) -> None:
    """The day of the step is the first, or after resuming the last, that is not counted."""
    if step.stops:
        CaseStop.objects.create(case=case, kind=step.stops, first=day, basis=step.cited)
    if step.resumes:
        open_stop = case.stops.filter(kind=step.resumes, last=None).first()
        if open_stop is not None:
            open_stop.last = day
            open_stop.save(update_fields=["last"])


def _as_it_stood(case: Case) -> dict[str, Any]:
    """The fields of the case that say something, as JSON values."""
    hidden = set(case.personal_fields) | {"search_text", "created", "updated"}
    told: dict[str, Any] = {}
    for field in case._meta.concrete_fields:
        value = field.value_from_object(case)
        if field.name not in hidden and value not in (None, "", [], False):
            told[field.name] = value if isinstance(value, int | str | list | bool) else str(value)
    return told
