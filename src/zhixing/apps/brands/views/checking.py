"""Check a name on the spot: type it, see the verdict, record it with a photo.

It is recorded in the register of its kind: a shop name or an offer here, a product label where
labels are kept.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.brands.actions.keep_sightings import record_sighting
from zhixing.apps.brands.forms import QuickForm
from zhixing.apps.brands.judging.standing import stand_by
from zhixing.apps.brands.judging.trying import Verdict, try_text
from zhixing.apps.brands.models import NameKind, Sighting
from zhixing.apps.registry.api import Entered, name_source, name_sources
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


def check(request: OfficerRequest) -> HttpResponse:
    """The form; checked, it shows the verdict, recorded, it leads to the page of the name."""
    kinds = _kinds(request)
    if request.method != "POST":
        stand_by()
        return _show(request, QuickForm(initial={"kind": kinds[0]}, kinds=kinds))
    form = QuickForm(request.POST, request.FILES, kinds=kinds)
    if not form.is_valid():
        return _show(request, form, status=422)
    if request.POST.get("do") != "record":
        return _show(request, form, verdict=_verdict(request, form))
    try:
        row = _record(request, **form.cleaned_data)
    except Invalid as error:
        _tell(form, error)
        return _show(request, form, status=error.status)
    messages.success(request, _("Recorded. What it is like stands below."))
    return redirect(row)


def verdict(request: OfficerRequest) -> HttpResponse:
    """The verdict alone, asked for while somebody types."""
    form = QuickForm(request.POST, kinds=_kinds(request))
    found = _verdict(request, form) if request.method == "POST" and form.is_valid() else None
    return render(request, "brands/parts/verdict.html", {"verdict": found})


def _kinds(request: OfficerRequest) -> list[str]:
    """The kinds of names that the officer may enter; refused when there is none."""
    own = list(Sighting.Kind.values) if request.user.has_perm("brands.add_sighting") else []
    others = [s.kind for s in name_sources() if request.user.has_perm(s.add_permission)]
    kinds = [kind for kind in NameKind.values if kind in (*own, *others)]
    if not kinds:
        require(request.user, "brands.add_sighting")
    return kinds


def _record(
    request: OfficerRequest, kind: str, text: str, seen_at: str, photo: File[Any] | None
) -> Entered:
    source = name_source(kind)
    if source is not None:
        return source.record(request.user, text=text, where=seen_at, photo=photo)
    values = {"kind": kind, "text": text, "seen_at": seen_at}
    return record_sighting(request.user, values, photo=photo)


def _verdict(request: OfficerRequest, form: QuickForm) -> Verdict:
    return try_text(request.user, form.cleaned_data["kind"], form.cleaned_data["text"])


def _tell(form: QuickForm, error: Invalid) -> None:
    """Beside the field it is about, where the form has it."""
    for name, sentences in error.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
    if not error.fields:
        form.add_error(None, str(error))


def _show(
    request: OfficerRequest, form: QuickForm, *, verdict: object = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "verdict": verdict}
    return render(request, "brands/check.html", context, status=status)
