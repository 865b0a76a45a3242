"""One lead: evidence in place, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.leads import evidence, selectors
from zhixing.apps.leads.actions.handle_lead import (
    assign_lead,
    dispose_lead,
    reopen_lead,
    take_lead,
)
from zhixing.apps.leads.forms import AssignForm, DisposeForm, ReasonForm
from zhixing.apps.leads.models import Lead
from zhixing.kit.errors import Conflict, Invalid, ProductError
from zhixing.kit.history import entries_for
from zhixing.kit.requests import OfficerRequest

REOPEN_IDS = "reopen_%s"  # both forms of the page have a reason
Deed = Callable[[OfficerRequest, int], HttpResponse]


def sends_back(view: Deed) -> Deed:
    """A deed is a POST; whoever comes by link, as after signing in anew, gets the lead's page."""

    @wraps(view)
    def guarded(request: OfficerRequest, pk: int) -> HttpResponse:
        return view(request, pk) if request.method == "POST" else redirect("leads:lead", pk)

    return guarded


def lead(request: OfficerRequest, pk: int) -> HttpResponse:
    """The lead page."""
    return _page(request, _get(request, pk))


@sends_back
def dispose(request: OfficerRequest, pk: int) -> HttpResponse:
    """Decide; on an error the lead's page comes back with what was typed.

    From the desk one returns to the desk.
    """
    found, form = _get(request, pk), DisposeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, dispose_form=form, status=422)
    try:
        decided = dispose_lead(request.user, found, **form.cleaned_data)
    except ProductError as error:
        form.add_error(None, str(error))
        return _page(request, _get(request, pk), dispose_form=form, status=error.status)
    messages.success(
        request,
        _("Decided: %(decision)s. %(lead)s")
        % {"decision": decided.get_disposition_display(), "lead": decided},
    )
    return redirect("desk") if request.POST.get("back") == "desk" else redirect(decided)


@sends_back
def take(request: OfficerRequest, pk: int) -> HttpResponse:
    """Start checking the lead oneself; if a colleague is faster, the page says who."""
    try:
        return redirect(take_lead(request.user, _get(request, pk)))
    except Conflict as error:
        messages.error(request, str(error))
        return _page(request, _get(request, pk), status=error.status)


@sends_back
def assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give the lead to an officer."""
    found = _get(request, pk)
    form = AssignForm(request.POST, actor=request.user, lead=found)
    if not form.is_valid():
        return _page(request, found, assign_form=form, status=422)
    try:
        assigned = assign_lead(request.user, found, form.cleaned_data["officer"])
    except Conflict as error:
        messages.error(request, str(error))
        return _page(request, _get(request, pk), status=error.status)
    except Invalid as error:
        form.add_error("officer", str(error))
        return _page(request, found, assign_form=form, status=error.status)
    messages.success(request, _("Assigned to %(officer)s.") % {"officer": assigned.assignee})
    return redirect(assigned)


@sends_back
def reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the decision back; on an error the page comes back with what was typed."""
    found, form = _get(request, pk), ReasonForm(request.POST, auto_id=REOPEN_IDS)
    if not form.is_valid():
        return _page(request, found, reopen_form=form, status=422)
    try:
        return redirect(reopen_lead(request.user, found, reason=form.cleaned_data["reason"]))
    except ProductError as error:
        form.add_error(None, str(error))
        return _page(request, _get(request, pk), reopen_form=form, status=error.status)


def quality(request: OfficerRequest) -> HttpResponse:
    """What officers decided, per engine and version."""
    rows = selectors.engine_quality(request.user)
    context = {"rows": rows, "labels": evidence.labels(), "dispositions": Lead.Disposition.choices}
    return render(request, "leads/quality.html", context)


def _get(request: OfficerRequest, pk: int) -> Lead:
    return get_object_or_404(selectors.leads_visible(request.user), pk=pk)


def _page(request: OfficerRequest, found: Lead, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = request.user
    may = {name: user.has_perm(f"leads.{name}_lead", found) for name in ("take", "assign")}
    may["dispose"] = user.has_perm("leads.dispose_lead", found)
    # A decision is taken back by whoever made it, or by the head.
    may["reopen"] = may["dispose"] and (found.disposed_by == user or may["assign"])
    context = {
        "lead": found,
        "view": evidence.view_of(found.monitor),
        "meaning": selectors.meaning_of(user, found),
        "like": selectors.leads_like(user, found),
        "history": entries_for(found),
        "may": may,
        "dispose_form": DisposeForm(),
        "reopen_form": ReasonForm(auto_id=REOPEN_IDS),
        "assign_form": AssignForm(actor=user, lead=found, initial={"officer": found.assignee}),
        **forms,
    }
    return render(request, "leads/lead.html", context, status=status)
