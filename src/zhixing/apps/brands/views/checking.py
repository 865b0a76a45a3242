"""Check a name on the spot: type it, see the verdict, record it with a photo."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.brands.actions.keep_sightings import record_sighting
from zhixing.apps.brands.forms import QuickForm
from zhixing.apps.brands.judging.standing import stand_by
from zhixing.apps.brands.judging.trying import try_text
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


def check(request: OfficerRequest) -> HttpResponse:
    """The form; checked, it shows the verdict, recorded, it leads to the sighting."""
    require(request.user, "brands.add_sighting")
    if request.method != "POST":
        stand_by()
        return _show(request, QuickForm(initial={"kind": "shop"}))
    form = QuickForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    if request.POST.get("do") != "record":
        found = try_text(request.user, form.cleaned_data["kind"], form.cleaned_data["text"])
        return _show(request, form, verdict=found)
    values = {name: form.cleaned_data[name] for name in ("kind", "text", "seen_at")}
    try:
        sighting = record_sighting(request.user, values, photo=form.cleaned_data["photo"])
    except Invalid as error:
        form.add_error(None, str(error))
        return _show(request, form, status=error.status)
    messages.success(request, _("Recorded. What it is like stands below."))
    return redirect(sighting)


def verdict(request: OfficerRequest) -> HttpResponse:
    """The verdict alone, asked for while somebody types."""
    require(request.user, "brands.add_sighting")
    form = QuickForm(request.POST)
    found = None
    if request.method == "POST" and form.is_valid():
        found = try_text(request.user, form.cleaned_data["kind"], form.cleaned_data["text"])
    return render(request, "brands/parts/verdict.html", {"verdict": found})


def _show(
    request: OfficerRequest, form: QuickForm, *, verdict: object = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "verdict": verdict}
    return render(request, "brands/check.html", context, status=status)
