"""One officer: roles, lock, and what was done to the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhixing.apps.accounts import selectors
from zhixing.apps.accounts.actions.manage_officers import (
    assign_role,
    end_role,
    lift_sign_in_lock,
    set_officer_active,
)
from zhixing.apps.accounts.forms import EndRoleForm, ReasonForm, RoleForm
from zhixing.apps.accounts.models import Officer
from zhixing.kit.actors import require
from zhixing.kit.errors import ProductError, Refused
from zhixing.kit.masking import mask
from zhixing.kit.requests import OfficerRequest


def officer(request: OfficerRequest, pk: int) -> HttpResponse:
    """The officer's page."""
    return _page(request, _get(request, pk))


@require_POST
def assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a role; on an error the page comes back with what was typed."""
    found, form = _get(request, pk), RoleForm(request.POST, actor=request.user)
    if form.is_valid() and _done(
        form, lambda: assign_role(request.user, found, **form.cleaned_data)
    ):
        messages.success(request, _("The role is given."))
        return redirect(found)
    return _page(request, found, role_form=form, status=422)


def end(request: OfficerRequest, pk: int, role_pk: int) -> HttpResponse:
    """End a role, after naming what follows."""
    found = _get(request, pk)
    role = get_object_or_404(selectors.roles_of(found), pk=role_pk)
    require(request.user, "accounts.change_officer", role)
    form = EndRoleForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: end_role(request.user, role, **form.cleaned_data)):
        messages.success(request, _("The role is ended."))
        return redirect(found)
    told = {"role": role, "officer": found}
    return _confirm(
        request, found, form, _("End a role"),
        _("End the role %(role)s of %(officer)s?") % told,
        _("After the last day the officer no longer sees the rows of that office."),
        _("End the role"),
    )  # fmt: skip


def lock(request: OfficerRequest, pk: int) -> HttpResponse:
    """Lock the account, or open it again."""
    found = _get(request, pk)
    require(request.user, "accounts.change_officer", found)
    opens, form = not found.is_active, ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(
            form, lambda: set_officer_active(request.user, found, active=opens, reason=reason)
        ):
            text = _("The account is unlocked.") if opens else _("The account is locked.")
            messages.success(request, text)
            return redirect(found)
    if opens:
        words = (
            _("Unlock the account"),
            _("Unlock the account of %(officer)s?") % {"officer": found},
            _("The officer can sign in again with the roles held today."),
            _("Unlock"),
        )
    else:
        words = (
            _("Lock the account"),
            _("Lock the account of %(officer)s?") % {"officer": found},
            _("Open pages stop working at once; roles and history stay."),
            _("Lock"),
        )
    return _confirm(request, found, form, *words)


def lift(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let an officer sign in again after too many wrong passwords."""
    found = _get(request, pk)
    require(request.user, "accounts.change_officer", found)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(form, lambda: lift_sign_in_lock(request.user, found, reason=reason)):
            messages.success(request, _("The officer can sign in again."))
            return redirect(found)
    return _confirm(
        request, found, form, _("Lift the sign-in lock"),
        _("Let %(officer)s sign in again?") % {"officer": found},
        _("Make sure that it was the officer who mistyped the password."),
        _("Lift the lock"),
    )  # fmt: skip


def _get(request: OfficerRequest, pk: int) -> Officer:
    require(request.user, "accounts.view_officer")
    return get_object_or_404(selectors.officers_visible(request.user), pk=pk)


def _done(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Whether the deed was done; if not, the form says why."""
    try:
        deed()
    except Refused:
        raise
    except ProductError as error:
        form.add_error(None, str(error))
        return False
    return True


def _confirm(
    request: OfficerRequest, found: Officer, form: forms.Form,
    title: str, question: str, consequence: str, label: str,
) -> HttpResponse:  # fmt: skip
    context = {
        "title": title,
        "question": question,
        "consequence": consequence,
        "form": form,
        "confirm_label": label,
        "cancel_url": found.get_absolute_url(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "kit/confirm.html", context, status=status)


def _page(
    request: OfficerRequest, found: Officer, *, role_form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    today, roles = timezone.localdate(), list(selectors.roles_of(found))
    may_change = request.user.has_perm("accounts.change_officer", found) and found != request.user
    context = {
        "officer": found,
        "phone": mask("phone", found.phone),
        "current": [role for role in roles if role.until is None or role.until >= today],
        "former": [role for role in roles if role.until is not None and role.until < today],
        "is_sign_in_locked": selectors.is_sign_in_locked(found),
        "log": selectors.officer_log(found, roles),
        "may_change": may_change,
        "role_form": role_form or RoleForm(actor=request.user, initial={"unit": found.unit}),
    }
    return render(request, "accounts/officer.html", context, status=status)
