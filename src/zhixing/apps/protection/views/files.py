"""Infringement files: open one from a lead, take an amount out again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.leads.api import Lead, leads_visible
from zhixing.apps.protection import selectors
from zhixing.apps.protection.actions.keep_files import open_file, withdraw_fact
from zhixing.apps.protection.forms import FileForm, WithdrawForm
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def open_from_lead(request: OfficerRequest, lead_pk: int) -> HttpResponse:
    """Refer a confirmed lead to case; a lead that has its file leads to it."""
    lead = get_object_or_404(leads_visible(request.user), pk=lead_pk)
    require(request.user, "protection.add_infringementfile", lead)
    known = selectors.file_of_lead(request.user, lead)
    if known is not None:
        return redirect(known)
    form = FileForm(request.POST or None, initial=_first(lead), actor=request.user)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            file = open_file(request.user, lead, form.values())
        except Invalid as error:
            form.add_refusal(error)
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("The file is open. Enter what is found."))
            return redirect(file)
    context = {"form": form, "lead": lead}
    return render(request, "protection/open_file.html", context, status=status)


def _first(lead: Lead) -> dict[str, Any]:
    """What the lead says of party and mark."""
    evidence = lead.evidence if isinstance(lead.evidence, dict) else {}
    earlier = selectors.earlier_files(lead.subject, timezone.localdate()) if lead.subject else None
    return {
        "party_name": lead.subject.name if lead.subject else "",
        "subject": lead.subject,
        "mark_text": evidence.get("mark", ""),
        "acted_on": timezone.localdate(lead.found_at),
        "earlier_acts": earlier.count() if earlier is not None else 0,
    }


def withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take an amount out of the sums, with the reason."""
    fact = get_object_or_404(selectors.facts_visible(request.user), pk=pk)
    require(request.user, "protection.change_infringementfile", fact)
    form = WithdrawForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_fact(request.user, fact, reason=form.cleaned_data["reason"])
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Withdrawn, and compared anew with the thresholds."))
            return redirect(fact.file)
    context = {"form": form, "fact": fact}
    return render(request, "protection/withdraw.html", context, status=status)
