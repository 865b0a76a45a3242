"""Reviewing precedents, drafting one from a lead, and what they teach taken together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.leads.api import leads_visible
from zhixing.apps.precedents import selectors
from zhixing.apps.precedents.actions.draft_from_lead import draft_from_lead
from zhixing.apps.precedents.actions.keep_precedents import publish_precedent, withdraw_precedent
from zhixing.apps.precedents.forms import WithdrawForm
from zhixing.apps.precedents.models import Precedent
from zhixing.apps.precedents.summary import year_chart
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict
from zhixing.kit.requests import OfficerRequest

Deed = Callable[[OfficerRequest, int], HttpResponse]


def posted(view: Deed) -> Deed:
    """A deed is a POST; whoever comes by link gets the precedent's page."""

    @wraps(view)
    def guarded(request: OfficerRequest, pk: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk)
        return redirect("precedents:library-detail", pk)

    return guarded


@posted
def publish(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a draft into the library."""
    found = _get(request, pk)
    try:
        publish_precedent(request.user, found)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(row)s” is in the library.") % {"row": found})
    return redirect(found)


def withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a precedent out of the library, with a reason."""
    found, form = _get(request, pk), WithdrawForm(request.POST or None)
    require(request.user, "precedents.withdraw_precedent", found)
    if request.method == "POST" and form.is_valid():
        withdraw_precedent(request.user, found, **form.cleaned_data)
        messages.success(request, _("“%(row)s” is withdrawn.") % {"row": found})
        return redirect(found)
    context = {"precedent": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "precedents/withdraw.html", context, status=status)


def review(request: OfficerRequest) -> HttpResponse:
    """The drafts somebody else wrote; the ticked ones enter the library."""
    if request.method == "POST":
        numbers = [int(pk) for pk in request.POST.getlist("precedent") if pk.isdecimal()]
        chosen = selectors.drafts_to_review(request.user).filter(pk__in=numbers)
        published = [publish_precedent(request.user, row) for row in chosen]
        messages.success(request, _("%(n)d precedent(s) published.") % {"n": len(published)})
        return redirect("precedents:review")
    drafts = selectors.drafts_to_review(request.user)[: selectors.CANDIDATES]
    return render(request, "precedents/review.html", {"drafts": drafts})


def draft(request: OfficerRequest, pk: int) -> HttpResponse:
    """Draft a precedent from a decided lead, then open it for editing."""
    lead = get_object_or_404(leads_visible(request.user), pk=pk)
    if request.method != "POST":
        return redirect(lead)
    try:
        made = draft_from_lead(request.user, lead)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect(lead)
    messages.success(
        request,
        _("A draft is filled in and masked. Read it, complete it; a second person publishes it."),
    )
    return redirect(made)


def summary(request: OfficerRequest) -> HttpResponse:
    """By kind of act: how many, how decided, by which articles; by year."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else None
    years = selectors.per_year(request.user)
    context = {
        "kinds": selectors.summary(request.user, year),
        "year": year,
        "years": years,
        "outcomes": Precedent.Outcome.choices,
        "chart": year_chart(years) if years else None,
    }
    return render(request, "precedents/summary.html", context)


def _get(request: OfficerRequest, pk: int) -> Precedent:
    return get_object_or_404(selectors.precedents_visible(request.user), pk=pk)
