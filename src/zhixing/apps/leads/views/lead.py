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
from zhixing.apps.leads.checklist import checklist_of, rules_of
from zhixing.apps.leads.forms import ActForm, AssignForm, DisposeForm, ReasonForm
from zhixing.apps.leads.models import Lead
from zhixing.apps.leads.sections import parts_for
from zhixing.kit.acts import act_label
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
    return lead_page(request, find_lead(request, pk))


@sends_back
def dispose(request: OfficerRequest, pk: int) -> HttpResponse:
    """Decide; on an error the lead's page comes back with what was typed.

    From the desk one returns to the desk.
    """
    found, form = find_lead(request, pk), DisposeForm(request.POST)
    if not form.is_valid():
        return lead_page(request, found, dispose_form=form, status=422)
    try:
        decided = dispose_lead(request.user, found, **form.cleaned_data)
    except ProductError as error:
        form.add_error(None, str(error))
        return lead_page(request, find_lead(request, pk), dispose_form=form, status=error.status)
    messages.success(
        request,
        _("Decided: %(decision)s. %(lead)s")
        % {"decision": decided.get_disposition_display(), "lead": decided},
    )
    _warn_of_gaps(request, decided)
    return redirect("desk") if request.POST.get("back") == "desk" else redirect(decided)


def _warn_of_gaps(request: OfficerRequest, decided: Lead) -> None:
    """Tell which essential items were open when the lead was confirmed; the decision stands."""
    checklist = checklist_of(decided)
    if decided.disposition != Lead.Disposition.CONFIRMED or checklist is None:
        return
    if gaps := checklist.open_essential:
        messages.warning(
            request,
            _("Confirmed with %(n)d essential item(s) of the checklist open: %(items)s.")
            % {"n": len(gaps), "items": "; ".join(line.text for line in gaps)},
        )


@sends_back
def take(request: OfficerRequest, pk: int) -> HttpResponse:
    """Start checking the lead oneself; if a colleague is faster, the page says who."""
    try:
        return redirect(take_lead(request.user, find_lead(request, pk)))
    except Conflict as error:
        messages.error(request, str(error))
        return lead_page(request, find_lead(request, pk), status=error.status)


@sends_back
def assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give the lead to an officer."""
    found = find_lead(request, pk)
    form = AssignForm(request.POST, actor=request.user, lead=found)
    if not form.is_valid():
        return lead_page(request, found, assign_form=form, status=422)
    try:
        assigned = assign_lead(request.user, found, form.cleaned_data["officer"])
    except Conflict as error:
        messages.error(request, str(error))
        return lead_page(request, find_lead(request, pk), status=error.status)
    except Invalid as error:
        form.add_error("officer", str(error))
        return lead_page(request, found, assign_form=form, status=error.status)
    messages.success(request, _("Assigned to %(officer)s.") % {"officer": assigned.assignee})
    return redirect(assigned)


@sends_back
def reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the decision back; on an error the page comes back with what was typed."""
    found, form = find_lead(request, pk), ReasonForm(request.POST, auto_id=REOPEN_IDS)
    if not form.is_valid():
        return lead_page(request, found, reopen_form=form, status=422)
    try:
        return redirect(reopen_lead(request.user, found, reason=form.cleaned_data["reason"]))
    except ProductError as error:
        form.add_error(None, str(error))
        return lead_page(request, find_lead(request, pk), reopen_form=form, status=error.status)


def quality(request: OfficerRequest) -> HttpResponse:
    """What officers decided, per engine and version."""
    rows = selectors.engine_quality(request.user)
    context = {"rows": rows, "labels": evidence.labels(), "dispositions": Lead.Disposition.choices}
    return render(request, "leads/quality.html", context)


def find_lead(request: OfficerRequest, pk: int) -> Lead:
    """The lead, for an officer who may see it."""
    return get_object_or_404(selectors.leads_visible(request.user), pk=pk)


def lead_page(
    request: OfficerRequest, found: Lead, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The lead's page with what may be done on it; `forms` are those that came back with errors."""
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
        "act_label": act_label(found.act_kind),
        "checklist": checklist_of(found),
        "rules": rules_of(found),
        "parts": parts_for(user, found),
        "act_form": ActForm(initial={"act_kind": found.act_kind, "acted_on": found.acted_on}),
        "dispose_form": DisposeForm(),
        "reopen_form": ReasonForm(auto_id=REOPEN_IDS),
        "assign_form": AssignForm(actor=user, lead=found, initial={"officer": found.assignee}),
        **forms,
    }
    return render(request, "leads/lead.html", context, status=status)
