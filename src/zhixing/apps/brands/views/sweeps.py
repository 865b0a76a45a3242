"""Sweeps: start one, follow it, see what it found, let them come round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.brands import selectors
from zhixing.apps.brands.actions.schedule_sweeps import schedule_sweeps
from zhixing.apps.brands.actions.sweep_names import TALLIES, start_sweep
from zhixing.apps.brands.models import NameKind, Sweep
from zhixing.kit.requests import OfficerRequest

SHOWN = 50
EXCLUDED_SHOWN = 50


def sweeps(request: OfficerRequest) -> HttpResponse:
    """The latest sweeps and the button for the next."""
    context = {
        "sweeps": selectors.sweeps_visible(request.user)[:SHOWN],
        "watched": selectors.marks_watched_for(request.user.unit_path).count(),
        "may_start": request.user.has_perm("brands.start_sweep"),
        "kinds": NameKind.choices,
    }
    return render(request, "brands/sweeps.html", context)


def sweep(request: OfficerRequest, pk: int) -> HttpResponse:
    """One sweep with its progress or its tallies, and what it left alone."""
    found = get_object_or_404(selectors.sweeps_visible(request.user), pk=pk)
    context = {
        "sweep": found,
        "rows": _tallies(found),
        "excluded": selectors.hits_left_alone(request.user, found)[:EXCLUDED_SHOWN],
    }
    return render(request, "brands/sweep.html", context)


def _tallies(found: Sweep) -> list[dict[str, Any]]:
    """The tallies by kind of name, in the order of the sweep."""
    labels = dict(NameKind.choices)
    nothing = dict.fromkeys(TALLIES, 0)
    return [
        {"kind": kind, "label": labels[kind], **(nothing | found.tallies.get(kind, {}))}
        for kind in found.kinds
    ]


def start(request: OfficerRequest) -> HttpResponse:
    """Queue a sweep of the officer's own area."""
    if request.method != "POST":  # back from the sign-in page
        return redirect("brands:sweeps")
    kinds = request.POST.getlist("kind")
    anew = bool(request.POST.get("anew"))
    started = start_sweep(request.user, unit_path=request.user.unit_path, kinds=kinds, anew=anew)
    return redirect(started)


def schedule(request: OfficerRequest) -> HttpResponse:
    """Let what is due be swept every night."""
    if request.method == "POST":
        row = schedule_sweeps(request.user, request.user.unit_path)
        messages.success(
            request, _("What is due is swept every night; next on %(day)s.")
            % {"day": f"{row.next_run:%Y-%m-%d}"},
        )  # fmt: skip
    return redirect("brands:home")
