"""Entering a row and changing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.history import entries_for
from zhixing.kit.register.base import Register
from zhixing.kit.register.forms import RegisterForm
from zhixing.kit.register.saving import Stale
from zhixing.kit.register.views.doors import find_row
from zhixing.kit.requests import OfficerRequest


def create_row(request: OfficerRequest, register: type[Register]) -> HttpResponse:
    """Enter a row; on an error the form comes back as it was typed."""
    require(request.user, register.permissions.add)
    form = _form_class(register)(request.POST or None, initial=_first(request), actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            assert register.create is not None
            obj: Any = register.create(request.user, form.values())
        except Invalid as error:
            form.add_refusal(error)
        else:
            messages.success(request, _("“%(row)s” is entered.") % {"row": obj})
            return HttpResponseRedirect(obj.get_absolute_url())
    return _show(request, register, form, cancel_url=register.url())


def edit_row(request: OfficerRequest, register: type[Register], pk: int) -> HttpResponse:
    """Change a row; if a colleague was faster, show what they changed and keep what was typed."""
    obj = find_row(request, register, pk)
    require(request.user, register.permissions.change, obj)
    back = obj.get_absolute_url()
    form = _form_class(register)(request.POST or None, instance=obj, actor=request.user)
    if request.method != "POST" or not form.is_valid():
        return _show(request, register, form, cancel_url=back)
    changes = form.changes()
    if not changes:
        messages.info(request, _("Nothing was changed."))
        return HttpResponseRedirect(back)
    try:
        assert register.update is not None
        saved: Any = register.update(request.user, obj, changes, stamp=form.opened_with)
    except Invalid as error:
        form.add_refusal(error)
        return _show(request, register, form, cancel_url=back)
    except Stale as stale:
        return _show_stale(request, register, form, stale, back)
    messages.success(request, _("“%(row)s” is saved.") % {"row": saved})
    return HttpResponseRedirect(back)


def _show_stale(
    request: OfficerRequest,
    register: type[Register],
    form: RegisterForm[Any],
    stale: Stale,
    back: str,
) -> HttpResponse:
    latest = entries_for(stale.row, 1)
    meanwhile = {
        "message": str(stale),
        "by": latest[0] if latest else None,
        "fields": form.changed_meanwhile(stale.row),
    }
    rebased = form.rebased(stale.row)
    return _show(
        request, register, rebased, cancel_url=back, meanwhile=meanwhile, status=stale.status
    )


def _show(
    request: OfficerRequest,
    register: type[Register],
    form: RegisterForm[Any],
    *,
    cancel_url: str,
    meanwhile: dict[str, Any] | None = None,
    status: int = 0,
) -> HttpResponse:
    context = {
        "register": register,
        "form": form,
        "object": None if form.is_new else form.instance,
        "cancel_url": cancel_url,
        "list_url": register.url(),
        "meanwhile": meanwhile,
    }
    code = status or (422 if form.is_bound else 200)
    return render(request, "kit/register/form.html", context, status=code)


def _form_class(register: type[Register]) -> type[RegisterForm[Any]]:
    if register.form is None:
        raise TypeError(f"{register.__name__} has create or update but no form")
    return register.form


def _first(request: OfficerRequest) -> dict[str, str]:
    """Values given in the address, e.g. `?subject=…` of a link on the subject's page."""
    return {name: str(value) for name, value in request.GET.items() if value}
