"""Sweeps: start one, follow it, see what it found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhixing.apps.brands import selectors
from zhixing.apps.brands.actions.sweep_names import start_sweep
from zhixing.kit.requests import OfficerRequest

SHOWN = 50


def sweeps(request: OfficerRequest) -> HttpResponse:
    """The latest sweeps and the button for the next."""
    context = {
        "sweeps": selectors.sweeps_visible(request.user)[:SHOWN],
        "watched": selectors.marks_watched_for(request.user.unit_path).count(),
        "may_start": request.user.has_perm("brands.start_sweep"),
    }
    return render(request, "brands/sweeps.html", context)


def sweep(request: OfficerRequest, pk: int) -> HttpResponse:
    """One sweep with its progress or its tallies."""
    found = get_object_or_404(selectors.sweeps_visible(request.user), pk=pk)
    return render(request, "brands/sweep.html", {"sweep": found})


def start(request: OfficerRequest) -> HttpResponse:
    """Queue a sweep of the officer's own area."""
    if request.method != "POST":  # back from the sign-in page
        return redirect("brands:sweeps")
    return redirect(start_sweep(request.user, unit_path=request.user.unit_path))
