"""The board, the scorecard, and the steps of one mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.accounts.api import units_visible
from zhixing.apps.trademarks import selectors
from zhixing.apps.trademarks.actions.keep_cultivations import assign_help
from zhixing.apps.trademarks.actions.step_cultivation import take_step, take_step_back
from zhixing.apps.trademarks.board import lanes
from zhixing.apps.trademarks.forms import AssignForm, ReasonForm, StepForm
from zhixing.apps.trademarks.models import Cultivation
from zhixing.apps.trademarks.scorecard import scorecard as make_scorecard
from zhixing.apps.trademarks.stages import Step, step_to
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid, ProductError
from zhixing.kit.requests import OfficerRequest

Deed = Callable[[OfficerRequest, int], HttpResponse]


def by_post(view: Deed) -> Deed:
    """A deed is a POST; whoever comes by link, as after signing in anew, gets the row's page."""

    @wraps(view)
    def guarded(request: OfficerRequest, pk: int) -> HttpResponse:
        return view(request, pk) if request.method == "POST" else redirect(_get(request, pk))

    return guarded


def board(request: OfficerRequest) -> HttpResponse:
    """Stage by stage, for all one's offices or one of them."""
    offices = list(units_visible(request.user).filter(closed_on=None))
    office = request.GET.get("office", "")
    if office not in {unit.path for unit in offices}:
        office = ""
    context = {
        "lanes": lanes(request.user, office),
        "offices": offices,
        "office": office,
        "may_add": request.user.has_perm("trademarks.add_cultivation"),
    }
    return render(request, "trademarks/board.html", context)


def scorecard(request: OfficerRequest) -> HttpResponse:
    """The offices of one's area against their targets of a year."""
    require(request.user, "trademarks.view_officetarget")
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= today.year else today.year
    context = {
        "card": make_scorecard(request.user, year, today),
        "years": range(today.year, today.year - 5, -1),
        "may_set": request.user.has_perm("trademarks.add_officetarget"),
    }
    return render(request, "trademarks/scorecard.html", context)


def step(request: OfficerRequest, pk: int, target: str) -> HttpResponse:
    """Take one step, with what it asks for; on an error the form comes back as it was typed."""
    row = _get(request, pk)
    require(request.user, "trademarks.step_cultivation", row)
    found = step_to(row.stage, target)
    if found is None:
        messages.error(request, _("This step does not lead on from the stage the mark is in now."))
        return redirect(row)
    form = StepForm(request.POST or None, request.FILES or None, step=found, row=row)
    if request.method != "POST" or not form.is_valid():
        return _show_step(request, row, found, form)
    try:
        moved = take_step(
            request.user,
            row,
            target,
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            values=form.values(),
            upload=form.cleaned_data["file"],
        )
    except Invalid as error:
        _tell(form, error, target)
        return _show_step(request, row, found, form)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect(row)
    messages.success(
        request,
        _("“%(mark)s” is now: %(stage)s.") % {"mark": moved, "stage": moved.get_stage_display()},
    )
    return redirect(moved)


@by_post
def step_back(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the last step back."""
    row, form = _get(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why the step is taken back."))
        return redirect(row)
    try:
        return redirect(take_step_back(request.user, row, reason=form.cleaned_data["reason"]))
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
        return redirect(row)


@by_post
def assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give the mark, with its request for help, to an officer."""
    row = _get(request, pk)
    form = AssignForm(request.POST, actor=request.user, unit_path=row.unit_path)
    if not form.is_valid():
        messages.error(request, _("Choose an officer of this office."))
        return redirect(row)
    try:
        given = assign_help(request.user, row, form.cleaned_data["officer"])
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
        return redirect(row)
    messages.success(request, _("Assigned to %(officer)s.") % {"officer": given.assignee})
    return redirect(given)


def _tell(form: StepForm, error: ProductError, target: str) -> None:
    """What the deed found wrong, beside its field where the form has it."""
    fields = getattr(error, "fields", {})
    if not fields:
        form.add_error(None, str(error))
    for name, texts in fields.items():
        own = "on" if name == f"{target}_on" else name
        for text in texts:
            form.add_error(own if own in form.fields else None, text)


def _show_step(
    request: OfficerRequest, row: Cultivation, found: Step, form: StepForm
) -> HttpResponse:
    context = {"row": row, "step": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "trademarks/step.html", context, status=status)


def _get(request: OfficerRequest, pk: int) -> Cultivation:
    return get_object_or_404(selectors.cultivations_visible(request.user), pk=pk)
