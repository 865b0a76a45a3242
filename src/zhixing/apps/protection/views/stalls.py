"""Stalls of an inspection, made for a phone: enter one, look at one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.protection import selectors
from zhixing.apps.protection.actions.inspect_markets import Seen, enter_stall
from zhixing.apps.protection.forms import SeenFormSet, StallForm
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.files.api import attach
from zhixing.kit.requests import OfficerRequest


def new_stall(request: OfficerRequest, pk: int) -> HttpResponse:
    """Enter a stall with the marks seen; the form for the next one follows."""
    inspection = get_object_or_404(selectors.inspections_visible(request.user), pk=pk)
    require(request.user, "protection.change_markinspection", inspection)
    form = StallForm(request.POST or None, request.FILES or None, actor=request.user)
    lines = SeenFormSet(request.POST or None, prefix="seen")
    status = 422 if form.is_bound else 200
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        given = form.cleaned_data
        seen = [
            Seen(line["mark_text"], line["shown"], line["note"])
            for line in lines.cleaned_data
            if line.get("mark_text")
        ]
        photo = given.pop("photo")
        try:
            visit = enter_stall(request.user, inspection, seen=seen, **given)
            if photo:
                attach(request.user, visit, photo, caption=visit.stall)
        except Invalid as error:
            known = {name: texts for name, texts in error.fields.items() if name in form.fields}
            for name, texts in known.items():
                form.add_error(name, " ".join(texts))
            if not known:
                form.add_error(None, str(error))
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Stall %(stall)s is entered.") % {"stall": visit})
            return redirect("protection:stall-new", inspection.pk)
    context = {"inspection": inspection, "form": form, "lines": lines}
    return render(request, "protection/stall_form.html", context, status=status)


def stall(request: OfficerRequest, pk: int) -> HttpResponse:
    """One stall: the marks seen, with the photos."""
    visit = get_object_or_404(selectors.visits_visible(request.user), pk=pk)
    return render(request, "protection/stall.html", {"visit": visit, "lines": visit.lines.all()})
