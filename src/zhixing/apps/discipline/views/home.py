"""The page of the rates: media and trades of a month, targeted counts apart, what is due."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zhixing.apps.discipline import figures, selectors, trend
from zhixing.apps.discipline.actions.propose_sanctions import propose_by_hand, propose_sanctions
from zhixing.apps.discipline.actions.train_advertisers import list_advertisers
from zhixing.apps.discipline.forms import MonthForm, OwnProposalForm
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def home(request: OfficerRequest) -> HttpResponse:
    """Rates of a month with their intervals, the trend, and what waits."""
    require(request.user, "discipline.view_rates")
    form = MonthForm(request.GET or None)
    month = figures.month_before(timezone.localdate())
    if form.is_bound and form.is_valid():
        month = form.cleaned_data["month"].replace(day=1)
    else:
        form = form if form.is_bound else MonthForm(initial={"month": month})
    today = timezone.localdate()
    context: dict[str, Any] = {
        "form": form,
        "month": month,
        "found": figures.of_month(request.user, month),
        "trend": trend.chart(request.user, month),
        "due": selectors.sanctions_due(request.user, today)[:10],
        "waiting": selectors.dispatches_waiting(request.user)[:10],
        "may_propose": request.user.has_perm("discipline.add_sanction")
        and figures.month_end(month) < today,
        "may_list": request.user.has_perm("discipline.add_trainingcall"),
    }
    return render(request, "discipline/home.html", context)


@require_POST
def propose(request: OfficerRequest) -> HttpResponse:
    """Hold a month against the ladder."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a month."))
        return redirect("discipline:home")
    try:
        made = propose_sanctions(request.user, form.cleaned_data["month"])
    except Invalid as error:
        messages.error(request, str(error))
        return redirect("discipline:home")
    if made:
        messages.success(
            request,
            ngettext("%(n)d measure is proposed.", "%(n)d measures are proposed.", len(made))
            % {"n": len(made)},
        )
    else:
        messages.info(request, _("No further line of the ladder is met in that month."))
    return redirect("discipline:sanctions")


@require_POST
def list_for_training(request: OfficerRequest) -> HttpResponse:
    """Bring the training list up to date."""
    made = list_advertisers(request.user)
    messages.success(
        request,
        ngettext(
            "%(n)d advertiser was put on the list.",
            "%(n)d advertisers were put on the list.",
            len(made),
        )
        % {"n": len(made)},
    )
    return redirect("discipline:calls")


def own_proposal(request: OfficerRequest) -> HttpResponse:
    """An officer's own proposal."""
    require(request.user, "discipline.add_sanction")
    initial = {"medium": request.GET.get("medium", "")}
    form = OwnProposalForm(request.POST or None, actor=request.user, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_by_hand(request.user, **form.cleaned_data)
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Proposed. Give notice next."))
            return redirect(made)
    return render(request, "discipline/propose.html", {"form": form}, status=status)
