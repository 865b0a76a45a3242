"""The kind of act of a lead, and its checklist."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.leads.actions.check_act import answer_checklist, name_act
from zhixing.apps.leads.checklist import checklist_of, rules_of
from zhixing.apps.leads.forms import ActForm, ChecklistForm
from zhixing.apps.leads.models import Lead
from zhixing.apps.leads.views.lead import find_lead, lead_page, sends_back
from zhixing.kit.acts import act_label
from zhixing.kit.errors import Invalid, ProductError
from zhixing.kit.requests import OfficerRequest


@sends_back
def act(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say what kind of act is suspected, then go to its checklist."""
    found, form = find_lead(request, pk), ActForm(request.POST)
    if not form.is_valid():
        return lead_page(request, found, act_form=form, status=422)
    try:
        name_act(request.user, found, **form.cleaned_data)
    except ProductError as error:
        form.add_error(None, str(error))
        return lead_page(request, find_lead(request, pk), act_form=form, status=error.status)
    return redirect("leads:checklist", pk)


def checklist(request: OfficerRequest, pk: int) -> HttpResponse:
    """The items of the checklist; on an error the page comes back with what was typed."""
    found = find_lead(request, pk)
    lines = checklist_of(found, with_files=True)
    if lines is None:
        messages.info(
            request, _("Say first what kind of act is suspected; the checklist follows from it.")
        )
        return redirect(found)
    form = ChecklistForm(request.POST or None, request.FILES or None, checklist=lines)
    if request.method != "POST":
        return _show(request, found, form)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        changed = answer_checklist(request.user, found, form.given())
    except Invalid as error:
        for name, texts in error.fields.items():
            form.add_error(name if name in form.fields else None, texts)
        if not error.fields:
            form.add_error(None, str(error))
        return _show(request, found, form, status=error.status)
    except ProductError as error:
        form.add_error(None, str(error))
        return _show(request, found, form, status=error.status)
    if changed:
        messages.success(request, _("%(n)d answer(s) kept.") % {"n": changed})
    return redirect(found)


def _show(
    request: OfficerRequest, found: Lead, form: ChecklistForm, status: int = 200
) -> HttpResponse:
    context = {
        "lead": found,
        "form": form,
        "rows": form.rows(),
        "rules": rules_of(found),
        "act_label": act_label(found.act_kind),
        "may_answer": found.is_open and request.user.has_perm("leads.dispose_lead", found),
    }
    return render(request, "leads/checklist.html", context, status=status)
