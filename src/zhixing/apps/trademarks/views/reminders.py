"""Reminders: the overview, one reminder, and a mark's dates, uses and renewal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.registry.api import TradeMark, marks_visible
from zhixing.apps.trademarks import selectors
from zhixing.apps.trademarks.actions.find_reminders import schedule_reminders, start_reminders
from zhixing.apps.trademarks.actions.handle_reminders import (
    record_renewal,
    record_use,
    tell_holder,
)
from zhixing.apps.trademarks.dates import legal_days
from zhixing.apps.trademarks.explanations import why
from zhixing.apps.trademarks.forms import DatesForm, RenewalForm, TellForm, UseForm
from zhixing.apps.trademarks.models import Reminder
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.history import entries_for
from zhixing.kit.requests import OfficerRequest

SHOWN = 20
MARK_EVENTS = ("filed_on", "registered_on", "expires_on")


def overview(request: OfficerRequest) -> HttpResponse:
    """How many stand of each kind, the next ones due, and the daily look."""
    user = request.user
    open_ones = selectors.reminders_visible(user).filter(state=Reminder.State.OPEN)
    counts = selectors.reminder_counts(user)
    states = Reminder.State
    kinds = [
        (kind, label, [(state, counts.get((kind, state), 0)) for state in states.values])
        for kind, label in Reminder.Kind.choices
    ]
    context = {
        "kinds": kinds,
        "states": states.choices,
        "next": [(row, why(row)) for row in open_ones[:SHOWN]],
        "is_daily": selectors.daily_look(user) is not None,
        "may_find": user.has_perm("trademarks.find_reminder"),
        "may_schedule": user.has_perm("trademarks.find_reminder")
        and user.has_perm("kit.steer_job"),
    }
    return render(request, "trademarks/reminders.html", context)


def find(request: OfficerRequest) -> HttpResponse:
    """Look at all marks and licences of the officer's own area now."""
    if request.method != "POST":  # back from the sign-in page
        return redirect("trademarks:reminder_overview")
    return redirect(start_reminders(request.user, unit_path=request.user.unit_path))


def daily(request: OfficerRequest) -> HttpResponse:
    """Have the officer's own area looked at every day."""
    if request.method == "POST":
        schedule_reminders(request.user, unit_path=request.user.unit_path)
        messages.success(request, _("Marks and licences are looked at every day from tomorrow on."))
    return redirect("trademarks:reminder_overview")


def reminder(request: OfficerRequest, pk: int) -> HttpResponse:
    """One reminder: why, whom to tell, and that they were told."""
    row = get_object_or_404(selectors.reminders_visible(request.user), pk=pk)
    may_tell = request.user.has_perm("trademarks.tell_reminder", row)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = tell_holder(request.user, row, **form.cleaned_data)
        except Conflict as error:
            messages.error(request, str(error))
            return redirect(row)
        except Invalid as error:
            _tell(form, error)
        else:
            messages.success(request, _("Written down: told on %(day)s.") % {"day": told.told_on})
            return redirect(told)
    context = {
        "row": row,
        "why": why(row),
        "form": form,
        "may_tell": may_tell and row.state != Reminder.State.CLOSED,
        "history": entries_for(row),
    }
    return render(
        request, "trademarks/reminder.html", context, status=422 if form.is_bound else 200
    )


def dates(request: OfficerRequest, pk: int) -> HttpResponse:
    """All days of a mark's life with their articles, and what they would be with other events."""
    mark = _mark(request, pk)
    known: dict[str, Any] = {name: getattr(mark, name) for name in MARK_EVENTS}
    last = selectors.uses_of(request.user, mark).first()
    known["used_on"] = last.used_on if last is not None else None
    # What the address leaves out stays as the register has it; a field sent empty is taken away.
    supposed = {**{name: value or "" for name, value in known.items()}, **request.GET.dict()}
    form = DatesForm(supposed if request.GET else None, initial=known)
    events = form.cleaned_data if form.is_bound and form.is_valid() else known
    context = {
        "mark": mark,
        "form": form,
        "is_supposed": form.is_bound,
        "days": legal_days(events, timezone.localdate()),
    }
    return render(request, "trademarks/dates.html", context)


def use(request: OfficerRequest, pk: int) -> HttpResponse:
    """Record a use of a mark."""

    def act(mark: TradeMark, values: dict[str, Any]) -> None:
        upload = values.pop("file")
        record_use(request.user, mark, upload=upload, **values)

    require(request.user, "trademarks.add_markuse")
    return _on_mark(request, pk, UseForm, act, _("Record a use"))


def renewal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Record a renewal that was granted."""

    def act(mark: TradeMark, values: dict[str, Any]) -> None:
        record_renewal(request.user, mark, **values)

    require(request.user, "registry.change_trademark", _mark(request, pk))
    return _on_mark(request, pk, RenewalForm, act, _("Record the renewal"))


def _on_mark(
    request: OfficerRequest,
    pk: int,
    form_class: type[forms.Form],
    act: Callable[[TradeMark, dict[str, Any]], None],
    title: str,
) -> HttpResponse:
    """A form about a mark; on an error it comes back as it was typed."""
    mark = _mark(request, pk)
    form = form_class(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(mark, dict(form.cleaned_data))
        except Invalid as error:
            _tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(mark)
    context = {"mark": mark, "form": form, "title": title}
    return render(
        request, "trademarks/mark_form.html", context, status=422 if form.is_bound else 200
    )


def _tell(form: forms.Form, error: Invalid) -> None:
    for name, texts in error.fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
    if not error.fields:
        form.add_error(None, str(error))


def _mark(request: OfficerRequest, pk: int) -> TradeMark:
    return get_object_or_404(marks_visible(request.user), pk=pk)
