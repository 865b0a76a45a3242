"""Deeds on a round that are more than filling in its form: start, choose a day, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from zhixing.apps.media.actions.run_rounds import add_days, close_round, start_round
from zhixing.apps.media.forms import ChooseDayForm
from zhixing.apps.media.models import Round
from zhixing.apps.media.selectors import rounds_visible
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def _find(request: OfficerRequest, pk: int) -> Round:
    return get_object_or_404(rounds_visible(request.user), pk=pk)


def start(request: OfficerRequest, pk: int) -> HttpResponse:
    """Draw a random round, or open a targeted one."""
    found = _find(request, pk)
    if request.method == "POST":
        try:
            found = start_round(request.user, found)
        except (Conflict, Invalid) as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("%(n)d day(s) are drawn.") % {"n": found.days.count()}
                if found.is_random
                else _("The round is under way; choose what is monitored."),
            )
    return redirect(found)


def choose(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add one day of a medium to a targeted round."""
    found = _find(request, pk)
    if request.method == "POST":
        form = ChooseDayForm(request.POST, actor=request.user)
        try:
            if form.is_valid():
                given = form.cleaned_data
                add_days(request.user, found, [(given["medium"], given["day"])])
            else:
                messages.error(request, _("Choose a medium and a day."))
        except (Conflict, Invalid) as error:
            messages.error(request, str(error))
    return redirect(found)


def close(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close the round."""
    found = _find(request, pk)
    if request.method == "POST":
        try:
            close_round(request.user, found)
        except Conflict as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The round is closed; its figures stand."))
    return redirect(found)
