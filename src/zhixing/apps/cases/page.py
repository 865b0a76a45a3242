"""What the page of a case shows below its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from zhixing import law
from zhixing.apps.cases import selectors
from zhixing.apps.cases.actions import run_clocks as clocks
from zhixing.apps.cases.actions.take_step import may_take
from zhixing.apps.cases.guards import Given, missing, needs_discussion, needs_legal_review
from zhixing.apps.cases.models import Case
from zhixing.apps.cases.money import still_owed
from zhixing.kit.actors import Actor
from zhixing.kit.acts import in_language


def clock_lines(actor: Actor, case: Case) -> Mapping[str, Any] | None:
    """The clocks that run, the nearest first, then those that are met, each with its reason."""
    stops = list(case.stops.all())
    rows = sorted(case.clocks.all(), key=lambda row: (row.met_on is not None, row.due_on is None))
    lines = [
        {
            "clock": row,
            "title": in_language(law.clock(row.code, row.trigger), "title"),
            "why": clocks.why(row, stops),
        }
        for row in rows
    ]
    return {"lines": lines, "stops": stops, "count": len(lines)} if lines else None


def next_steps(actor: Actor, case: Case) -> Mapping[str, Any] | None:
    """What leads on from here, and what each step still lacks, with the article."""
    given = Given(actor, case, timezone.localdate())
    ways = [
        {
            "title": in_language(step, "title"),
            "article": step.cited,
            "mine": may_take(actor, case, step),
            "by": step.by,
            "missing": missing(step, given),
        }
        for step in law.procedure().steps_from(case.state)
    ]
    if not ways:
        return None
    return {
        "ways": ways,
        "legal_review": needs_legal_review(case, given.day),
        "discussion": needs_discussion(case, given.day),
    }


def people(actor: Actor, case: Case) -> Mapping[str, Any]:
    """Who works on it, with the certificate of the day."""
    today = timezone.localdate()
    rows = [
        {
            "row": row,
            "certificate": row.officer.certificates.filter(
                valid_from__lte=today, valid_to__gte=today
            ).first(),
        }
        for row in selectors.people_of(case)
    ]
    return {"rows": rows, "count": len(rows)}


def evidence(actor: Actor, case: Case) -> Mapping[str, Any]:
    """The catalogue of evidence with page numbers."""
    rows, page = [], 1
    for row in case.evidence.order_by("obtained_on", "pk"):
        rows.append({"row": row, "first": page, "last": page + row.pages - 1})
        page += row.pages
    may_add = case.decided_on is None and actor.has_perm("cases.add_caseevidence", case)
    return {"rows": rows, "count": len(rows), "case": case, "may_add": may_add}


def measures(actor: Actor, case: Case) -> Mapping[str, Any] | None:
    """Goods held, and what became of them."""
    rows = list(case.measures.select_related("clock").prefetch_related("lines"))
    return {"rows": rows, "count": len(rows)} if rows else None


def decision(actor: Actor, case: Case) -> Mapping[str, Any] | None:
    """What was found, proposed, answered and decided."""
    return {"case": case} if case.facts_found or case.decision else None


def money(actor: Actor, case: Case) -> Mapping[str, Any] | None:
    """What was imposed, paid, and is still owed today."""
    if case.decision != Case.Decision.PENALTY:
        return None
    return {
        "case": case,
        "payments": list(case.payments.all()),
        "owed": still_owed(case, timezone.localdate()),
    }


def services(actor: Actor, case: Case) -> Mapping[str, Any] | None:
    """Documents served."""
    forms = law.official_forms()
    rows = [
        {"row": row, "title": in_language(forms[row.form_no], "title")}
        for row in case.services.all()
    ]
    return {"rows": rows, "count": len(rows)} if rows else None


def timeline(actor: Actor, case: Case) -> Mapping[str, Any]:
    """Every step with day, officer and reason."""
    graph = law.procedure()
    rows = [
        {
            "row": row,
            "title": in_language(graph.step(row.code), "title"),
            "target": in_language(graph.states[row.target], "title"),
        }
        for row in selectors.steps_of(case)
    ]
    return {"rows": rows, "count": len(rows)}
