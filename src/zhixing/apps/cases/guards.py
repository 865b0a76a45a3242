"""What must be there before a step: one function for each guard of the law table.

A guard returns whether it holds for the case as it would stand with the step's values applied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing import law
from zhixing.apps.cases.models import Case, CaseMeasure, CaseOfficer, CaseService
from zhixing.kit.actors import Actor
from zhixing.kit.acts import in_language

NOTICE, DECISION, NO_PENALTY, DEMAND = 37, 45, 46, 48
CONDITIONS = ("evidence", "punishable", "jurisdiction", "limitation")


@dataclass(frozen=True, slots=True)
class Given:
    """What a guard may look at."""

    actor: Actor
    case: Case
    day: date


@dataclass(frozen=True, slots=True)
class Missing:
    """A guard that does not hold: what is missing, and by which article."""

    code: str
    text: str
    article: str


Check = Callable[[Given], bool]


def missing(step: law.ProcedureStep, given: Given) -> list[Missing]:
    """The guards of a step that do not hold."""
    guards = law.procedure().guards
    return [
        Missing(
            code,
            in_language(guards[code], "text"),
            "、".join(law.cite(article) for article in guards[code].articles),
        )
        for code in step.guards
        if not CHECKS[code](given)
    ]


def opens_hearing(
    case: Case, fine: Decimal | None, confiscation: Decimal | None, day: date
) -> bool:
    """Whether the party has a right to a hearing (Penalty Law art 63): money or a heavy penalty."""
    if case.is_heavy:
        return True
    person = case.party_kind == Case.Party.PERSON
    bar = law.on("penalties", "hearing_person" if person else "hearing_entity", day).amount
    return any(amount is not None and amount >= bar for amount in (fine, confiscation))


def needs_legal_review(case: Case, day: date) -> bool:
    """Whether the law asks for a legal review (Penalty Law art 58)."""
    return case.is_complex or (
        case.answer == Case.Answer.HEARING
        or opens_hearing(case, case.proposed_fine, case.proposed_confiscation, day)
    )


def needs_discussion(case: Case, day: date) -> bool:
    """Whether the heads must discuss the decision together (Penalty Law art 57)."""
    return case.is_complex or opens_hearing(
        case, case.fine or case.proposed_fine, case.confiscation or case.proposed_confiscation, day
    )


def _two_handlers(given: Given) -> bool:
    """Each with a certificate valid on the day."""
    handlers = CaseOfficer.objects.filter(
        case=given.case,
        part=CaseOfficer.Part.HANDLER,
        until=None,
        officer__certificates__valid_from__lte=given.day,
        officer__certificates__valid_to__gte=given.day,
    )
    enough = law.on("teams", "on_site", given.day).amount
    return handlers.values("officer").distinct().count() >= enough


def _is_no_handler(given: Given) -> bool:
    """Neither now nor before."""
    return not CaseOfficer.objects.filter(
        case=given.case, officer=given.actor.actor_id or 0, part=CaseOfficer.Part.HANDLER
    ).exists()


def _approver_apart(given: Given) -> bool:
    """Who decides has neither handled nor reviewed the case."""
    return not CaseOfficer.objects.filter(
        case=given.case,
        officer=given.actor.actor_id or 0,
        part__in=(CaseOfficer.Part.HANDLER, CaseOfficer.Part.REVIEWER),
    ).exists()


def _measures_settled(given: Given) -> bool:
    """No measure is left over whose days are past."""
    late = CaseMeasure.objects.filter(case=given.case, settled_on=None, clock__due_on__lt=given.day)
    return not late.exists()


def _served(*form_numbers: int) -> Check:
    def check(given: Given) -> bool:
        served = CaseService.objects.filter(case=given.case, form_no__in=form_numbers)
        return served.filter(served_on__lte=given.day).exists()

    return check


def _time_to_answer_over(given: Given) -> bool:
    """The party said something, waived in writing, or its days are over."""
    if given.case.answer in (Case.Answer.STATEMENT, Case.Answer.WAIVED, Case.Answer.HEARING):
        return True
    clock = given.case.clocks.filter(code="defence_or_hearing_request").order_by("-pk").first()
    return clock is not None and clock.due_on is not None and clock.due_on < given.day


def _hearing_offered(given: Given) -> bool:
    case = given.case
    return case.hearing_offered or not opens_hearing(
        case, case.proposed_fine, case.proposed_confiscation, given.day
    )


def _not_heavier(given: Given) -> bool:
    """Defending oneself makes nothing worse (Penalty Law art 45)."""
    case = given.case
    pairs = (
        (case.fine, case.proposed_fine),
        (case.confiscation, case.proposed_confiscation),
    )
    return all((decided or 0) <= (proposed or 0) for decided, proposed in pairs)


def _decision_content(given: Given) -> bool:
    case = given.case
    if not case.decision or not case.basis.strip():
        return False
    if case.decision in Case.WITHOUT_PENALTY:
        return not (case.fine or case.confiscation)
    something = case.fine or case.confiscation or case.other_penalty.strip()
    return bool(something and case.band and case.band_reason.strip())


def _performed(given: Given) -> bool:
    """Everything is paid, or there is nothing to pay, or the court has ended it."""
    case = given.case
    if case.decision != Case.Decision.PENALTY or case.closing == Case.Closing.COURT_ENDED:
        return True
    from zhixing.apps.cases.money import still_owed

    return still_owed(case, given.day).total == 0


def _demanded(given: Given) -> bool:
    """The ten working days after the demand letter are over."""
    letter = (
        CaseService.objects.filter(case=given.case, form_no=DEMAND).order_by("served_on").last()
    )
    if letter is None:
        return False
    due = law.day_of(law.deadline("demand_letter", letter.served_on).due)
    return due < given.day


CHECKS: dict[str, Check] = {
    "two_handlers": _two_handlers,
    "filing_conditions": lambda given: set(CONDITIONS) <= set(given.case.conditions),
    "not_filed_ground": lambda given: bool(given.case.ground),
    "party_named": lambda given: bool(given.case.party_name.strip()),
    "act_named": lambda given: bool(given.case.act_kind) and given.case.acted_on is not None,
    "evidence": lambda given: given.case.evidence.exists(),
    "measures_settled": _measures_settled,
    "report_written": lambda given: all(
        text.strip()
        for text in (
            given.case.facts_found,
            given.case.proof,
            given.case.nature,
            given.case.discretion,
            given.case.proposal,
        )
    ),
    "reviewer_apart": _is_no_handler,
    "legal_review": lambda given: (
        given.case.review_kind == Case.ReviewKind.LEGAL
        or not needs_legal_review(given.case, given.day)
    ),
    "notice_served": _served(NOTICE),
    "time_to_answer_over": _time_to_answer_over,
    "hearing_offered": _hearing_offered,
    "hearing_reported": lambda given: (
        given.case.answer != Case.Answer.HEARING or bool(given.case.hearing_report.strip())
    ),
    "collective_discussion": lambda given: (
        not needs_discussion(given.case, given.day)
        or (given.case.discussed_on is not None and bool(given.case.discussion.strip()))
    ),
    "approver_apart": _approver_apart,
    "not_heavier": _not_heavier,
    "decision_content": _decision_content,
    "decision_served": lambda given: (
        not given.case.decision or _served(DECISION, NO_PENALTY)(given)
    ),
    "performed": _performed,
    "demanded": _demanded,
    "closing_approved": lambda given: bool(given.case.closing),
}
