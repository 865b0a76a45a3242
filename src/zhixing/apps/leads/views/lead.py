"""One lead: evidence in place, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhixing.apps.leads import evidence, selectors
from zhixing.apps.leads.actions.handle_lead import (
    assign_lead,
    dispose_lead,
    reopen_lead,
    take_lead,
)
from zhixing.apps.leads.forms import AssignForm, DisposeForm, ReasonForm
from zhixing.apps.leads.models import Lead
from zhixing.kit.errors import ProductError
from zhixing.kit.history import entries_for
from zhixing.kit.requests import OfficerRequest


def lead(request: OfficerRequest, pk: int) -> HttpResponse:
    """The lead page."""
    return _page(request, _get(request, pk))


@require_POST
def dispose(request: OfficerRequest, pk: int) -> HttpResponse:
    """Decide; on an error the page comes back with what was typed."""
    found, form = _get(request, pk), DisposeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, dispose_form=form, status=422)
    try:
        decided = dispose_lead(request.user, found, **form.cleaned_data)
    except ProductError as error:
        form.add_error(None, str(error))
        return _page(request, found, dispose_form=form, status=error.status)
    decision = decided.get_disposition_display()
    messages.success(request, _("Decided: %(decision)s.") % {"decision": decision})
    return redirect(decided)


@require_POST
def take(request: OfficerRequest, pk: int) -> HttpResponse:
    """Start checking the lead oneself."""
    return redirect(take_lead(request.user, _get(request, pk)))


@require_POST
def assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give the lead to an officer."""
    found, form = _get(request, pk), AssignForm(request.POST, actor=request.user)
    if not form.is_valid():
        return _page(request, found, assign_form=form, status=422)
    assigned = assign_lead(request.user, found, form.cleaned_data["officer"])
    messages.success(request, _("Assigned to %(officer)s.") % {"officer": assigned.assignee})
    return redirect(assigned)


@require_POST
def reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the decision back."""
    found, form = _get(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reopen_form=form, status=422)
    return redirect(reopen_lead(request.user, found, reason=form.cleaned_data["reason"]))


def quality(request: OfficerRequest) -> HttpResponse:
    """What officers decided, per engine and version."""
    rows = selectors.engine_quality(request.user)
    context = {"rows": rows, "labels": evidence.labels(), "dispositions": Lead.Disposition.choices}
    return render(request, "leads/quality.html", context)


def _get(request: OfficerRequest, pk: int) -> Lead:
    return get_object_or_404(selectors.leads_visible(request.user), pk=pk)


def _page(request: OfficerRequest, found: Lead, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = request.user
    context = {
        "lead": found,
        "view": evidence.view_of(found.monitor),
        "meaning": selectors.meaning_of(user, found),
        "like": selectors.leads_like(user, found),
        "history": entries_for(found),
        "today": timezone.localdate(),
        "may": {
            name: user.has_perm(f"leads.{name}_lead", found)
            for name in ("take", "assign", "dispose")
        },
        "dispose_form": DisposeForm(),
        "reopen_form": ReasonForm(),
        "assign_form": AssignForm(actor=user),
        **forms,
    }
    return render(request, "leads/lead.html", context, status=status)
