"""Offices: the tree with its history, opening and closing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.accounts.actions.manage_offices import close_office, open_office
from zhixing.apps.accounts.forms import CloseOfficeForm, OpenOfficeForm
from zhixing.apps.accounts.selectors import units_open, units_visible
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def offices(request: OfficerRequest) -> HttpResponse:
    """The tree of the officer's offices; closed ones on request."""
    require(request.user, "accounts.view_orgunit")
    shows_closed = request.GET.get("closed") == "1"
    choose = units_visible if shows_closed else units_open
    units = list(choose(request.user).select_related("region", "successor"))
    top = min((unit.path.count("/") for unit in units), default=0)
    context = {
        "rows": [(unit, unit.path.count("/") - top) for unit in units],
        "shows_closed": shows_closed,
        "may_change": request.user.has_perm("accounts.change_orgunit"),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/offices.html", context)


def open_one(request: OfficerRequest) -> HttpResponse:
    """Open an office; `?parent=` names the one it is to stand below."""
    require(request.user, "accounts.change_orgunit")
    first = {"parent": request.GET.get("parent", "")}
    form = OpenOfficeForm(request.POST or None, actor=request.user, initial=first)
    if form.is_valid():
        try:
            unit = open_office(request.user, **form.cleaned_data)
        except (Conflict, Invalid) as error:
            form.add_error("code" if isinstance(error, Invalid) else None, str(error))
        else:
            messages.success(request, _("%(unit)s is opened.") % {"unit": unit})
            return redirect("accounts:offices")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/open_office.html", {"form": form}, status=status)


def close_one(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close an office, after naming what follows."""
    unit = get_object_or_404(units_open(request.user), pk=pk)
    require(request.user, "accounts.change_orgunit", unit)
    form = CloseOfficeForm(request.POST or None, actor=request.user, unit=unit)
    if form.is_valid():
        try:
            close_office(request.user, unit, **form.cleaned_data)
        except (Conflict, Invalid) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(unit)s is closed.") % {"unit": unit})
            return redirect("accounts:offices")
    context = {
        "title": _("Close an office"),
        "question": _("Close %(unit)s?") % {"unit": unit},
        "consequence": _("This cannot be undone. Its rows and its history stay where they are."),
        "form": form,
        "confirm_label": _("Close the office"),
        "cancel_url": reverse("accounts:offices"),
        "danger": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "kit/confirm.html", context, status=status)
