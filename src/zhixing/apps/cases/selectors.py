"""Questions about cases, asked by an actor."""

from __future__ import annotations

from django.db.models import QuerySet

from zhixing.apps.cases.models import (
    Case,
    CaseClock,
    CaseEvidence,
    CaseOfficer,
    CaseStep,
    Certificate,
)
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import Subject
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import within_any


def cases_visible(actor: Actor) -> QuerySet[Case]:
    """The cases of the actor's offices, newest first."""
    require(actor, "cases.view_case")
    return Case.objects.visible_to(actor).select_related("subject", "lead").order_by("-pk")


def case_of_lead(actor: Actor, lead: Lead) -> Case | None:
    """The case that a lead became, if the actor may see it."""
    return cases_visible(actor).filter(lead=lead).first()


def cases_of_subject(actor: Actor, subject: Subject) -> QuerySet[Case]:
    """The cases against one operator."""
    return cases_visible(actor).filter(subject=subject)


def certificates_visible(actor: Actor) -> QuerySet[Certificate]:
    """The certificates of the officers of the actor's offices."""
    require(actor, "cases.view_certificate")
    return Certificate.objects.visible_to(actor).select_related("officer")


def evidence_visible(actor: Actor) -> QuerySet[CaseEvidence]:
    """The evidence of the cases of the actor's offices."""
    require(actor, "cases.view_caseevidence")
    return CaseEvidence.objects.visible_to(actor).select_related("case")


def clocks_running(actor: Actor) -> QuerySet[CaseClock]:
    """Clocks of the actor's offices that are not met, the nearest first."""
    require(actor, "cases.view_case")
    mine = within_any(actor.scope_paths, "case__unit_path")
    running = CaseClock.objects.filter(mine, met_on=None, due_on__isnull=False)
    return running.select_related("case").order_by("due_on", "pk")


def people_of(case: Case) -> QuerySet[CaseOfficer]:
    """Who works or worked on the case."""
    return case.people.select_related("officer").order_by("part", "pk")


def steps_of(case: Case) -> list[CaseStep]:
    """The steps the case has taken, the latest first."""
    return list(case.steps.select_related("taken_by").order_by("-pk"))
