"""One item: the words of the programme, the figure, the rounds, who is in charge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhixing.apps.programme.actions.set_item import assign_item_owner, set_item_target
from zhixing.apps.programme.board import ItemRow, item_row
from zhixing.apps.programme.forms import OwnerForm, TargetForm
from zhixing.apps.programme.models import Programme
from zhixing.apps.programme.narrowing import narrowed
from zhixing.apps.programme.selectors import programme_of
from zhixing.kit.errors import Invalid
from zhixing.kit.history import entries_for
from zhixing.kit.register.changes import readable_log
from zhixing.kit.requests import OfficerRequest
from zhixing.kit.scope import office_names
from zhixing.law.errors import UnknownCode


def show_item(request: OfficerRequest, year: int, code: str) -> HttpResponse:
    """The item's page."""
    programme, row = _find(request, year, code)
    return _page(request, programme, row)


@require_POST
def assign(request: OfficerRequest, year: int, code: str) -> HttpResponse:
    """Put somebody in charge; on an error the page comes back with what was typed."""
    programme, row = _find(request, year, code)
    form = OwnerForm(request.POST, actor=request.user, programme=programme, row=row)
    if form.is_valid() and _done(
        form, lambda: assign_item_owner(request.user, programme, code, **form.cleaned_data)
    ):
        messages.success(request, _("Who is in charge is saved."))
        return redirect("programme:item", year, code)
    return _page(request, programme, row, owner_form=form, status=422)


@require_POST
def set_target(request: OfficerRequest, year: int, code: str) -> HttpResponse:
    """Set the bureau's own target; on an error the page comes back with what was typed."""
    programme, row = _find(request, year, code)
    form = TargetForm(request.POST, row=row)
    if form.is_valid() and _done(
        form, lambda: set_item_target(request.user, programme, code, **form.cleaned_data)
    ):
        messages.success(request, _("The target is saved."))
        return redirect("programme:item", year, code)
    return _page(request, programme, row, target_form=form, status=422)


def _find(request: OfficerRequest, year: int, code: str) -> tuple[Programme, ItemRow]:
    programme = programme_of(request.user, year)
    if programme is None:
        raise Http404
    try:
        actor = narrowed(request.user, request.GET.get("office", ""))
        return programme, item_row(actor, programme, code, timezone.localdate())
    except UnknownCode as error:
        raise Http404 from error


def _done(form: forms.Form, deed: Callable[[], Any]) -> bool:
    try:
        deed()
    except Invalid as error:
        form.add_error(None, str(error))
        return False
    return True


def _page(
    request: OfficerRequest, programme: Programme, row: ItemRow, *, status: int = 200, **typed: Any
) -> HttpResponse:
    entries = entries_for(row.setting) if row.setting is not None else []
    context = {
        "programme": programme,
        "row": row,
        "office": office_names([row.office]).get(row.office, ""),
        "clause": programme.text.clause(row.item.path),
        "support": [programme.text.unit(code) for code in row.item.support],
        "history": readable_log(type(row.setting), entries) if row.setting is not None else [],
        "may_change": request.user.has_perm("programme.change_item", programme),
        "owner_form": OwnerForm(actor=request.user, programme=programme, row=row),
        "target_form": TargetForm(row=row) if row.indicator is not None else None,
        **typed,
    }
    return render(request, "programme/item.html", context, status=status)
