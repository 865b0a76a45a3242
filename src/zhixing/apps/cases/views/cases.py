"""Opening a case from a lead, entering evidence, and the board of clocks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.cases import selectors
from zhixing.apps.cases.actions.keep_case import add_evidence
from zhixing.apps.cases.actions.open_case import open_case
from zhixing.apps.cases.forms import CaseForm, EvidenceForm
from zhixing.apps.leads.api import Lead, leads_visible
from zhixing.kit.actors import require
from zhixing.kit.acts import in_language
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest

LINES = 100


def open_from_lead(request: OfficerRequest, lead_pk: int) -> HttpResponse:
    """Refer a confirmed lead to case; a lead that has its case leads to it."""
    lead = get_object_or_404(leads_visible(request.user), pk=lead_pk)
    require(request.user, "cases.add_case", lead)
    known = selectors.case_of_lead(request.user, lead)
    if known is not None:
        return redirect(known)
    form = CaseForm(request.POST or None, initial=_first(lead), actor=request.user)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            case = open_case(request.user, form.values(), lead)
        except Invalid as error:
            form.add_refusal(error)
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("The case is open; the time for the check runs."))
            return redirect(case)
    context = {"form": form, "lead": lead}
    return render(request, "cases/open_case.html", context, status=status)


def _first(lead: Lead) -> dict[str, Any]:
    return {
        "unit_path": lead.unit_path,
        "subject": lead.subject,
        "party_name": lead.subject.name if lead.subject else "",
        "act_kind": lead.act_kind,
        "found_on": timezone.localdate(lead.found_at),
        "summary": lead.first_reason,
    }


def new_evidence(request: OfficerRequest, pk: int) -> HttpResponse:
    """Enter a piece of evidence of a case."""
    case = get_object_or_404(selectors.cases_visible(request.user), pk=pk)
    require(request.user, "cases.add_caseevidence", case)
    form = EvidenceForm(request.POST or None, actor=request.user)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            row = add_evidence(request.user, case, form.values())
        except Invalid as error:
            form.add_refusal(error)
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Entered. Add the file, photo or scan now."))
            return redirect(row)
    context = {"form": form, "case": case}
    return render(request, "cases/new_evidence.html", context, status=status)


def board(request: OfficerRequest) -> HttpResponse:
    """The clocks of the office: what is overdue, due soon, and later."""
    require(request.user, "cases.view_case")
    today = timezone.localdate()
    running = selectors.clocks_running(request.user)
    rows = [
        {"clock": row, "title": in_language(law.clock(row.code, row.trigger), "title")}
        for row in running[:LINES]
    ]
    context = {
        "rows": rows,
        "overdue": running.filter(due_on__lt=today).count(),
        "running": running.count(),
        "lines": LINES,
        "today": today,
    }
    return render(request, "cases/board.html", context)
