"""A campaign's targets, its start, its end and its report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.campaigns.actions.run_campaign import close_campaign, set_target, start_campaign
from zhixing.apps.campaigns.forms import CloseForm, TargetForm
from zhixing.apps.campaigns.models import Campaign
from zhixing.apps.campaigns.selectors import campaigns_visible
from zhixing.apps.campaigns.tallies import digest_of, tally
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def targets(request: OfficerRequest, pk: int) -> HttpResponse:
    """Set one target after the other; the figures stand beside."""
    found = _get(request, pk)
    require(request.user, "campaigns.change_campaign", found)
    form = TargetForm(
        request.POST or None,
        campaign=found,
        initial={name: request.GET.get(name, "") for name in ("measure", "office")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_target(request.user, found, **form.cleaned_data)
        except Invalid as error:
            for name, texts in error.fields.items():
                form.add_error(name if name in form.fields else None, texts)
        else:
            messages.success(request, _("The target is set."))
            return redirect("campaigns:targets", pk)
    context = {"campaign": found, "form": form, "tally": tally(request.user, found)}
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/targets.html", context, status=status)


def start(request: OfficerRequest, pk: int) -> HttpResponse:
    """Start a planned campaign."""
    found = _get(request, pk)
    if request.method == "POST":
        try:
            start_campaign(request.user, found)
        except Conflict as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(row)s” is running.") % {"row": found})
    return redirect(found)


def close(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close the campaign with its conclusion; the figures shown are those that will be frozen."""
    found, form = _get(request, pk), CloseForm(request.POST or None)
    require(request.user, "campaigns.close_campaign", found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                close_campaign(request.user, found, **form.cleaned_data)
            except Conflict as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(request, _("“%(row)s” is closed.") % {"row": found})
                return redirect("campaigns:report", pk)
    context = {"campaign": found, "form": form, "tally": tally(request.user, found)}
    return render(request, "campaigns/close.html", context, status=status)


def report(request: OfficerRequest, pk: int) -> HttpResponse:
    """The report for printing: plan, figures, conclusion; before the end an interim report."""
    found = _get(request, pk)
    context = {
        "campaign": found,
        "tally": tally(request.user, found),
        "holds": not found.is_closed or digest_of(found.frozen or {}) == found.digest,
    }
    return render(request, "campaigns/report.html", context)


def _get(request: OfficerRequest, pk: int) -> Campaign:
    return get_object_or_404(campaigns_visible(request.user), pk=pk)
