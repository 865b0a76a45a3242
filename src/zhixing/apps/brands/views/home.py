"""The guard at a glance, one hit that is no lead, and taking marks over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhixing.apps.brands import selectors
from zhixing.apps.brands.actions.keep_watch_list import take_over_marks
from zhixing.apps.brands.actions.schedule_sweeps import schedule_of
from zhixing.apps.brands.models import NameKind
from zhixing.apps.brands.overview import overview
from zhixing.kit.actors import require
from zhixing.kit.requests import OfficerRequest


def home(request: OfficerRequest) -> HttpResponse:
    """What is watched, what was judged, what is due, what was found."""
    user = request.user
    context = {
        "view": overview(user),
        "kinds": NameKind.choices,
        "schedule": schedule_of(user.unit_path),
        "may": {
            "start": user.has_perm("brands.start_sweep"),
            "check": user.has_perm("brands.add_sighting"),
            "keep": user.has_perm("brands.add_watchedmark"),
            "schedule": user.has_perm("kit.steer_job"),
        },
    }
    return render(request, "brands/home.html", context)


def hit(request: OfficerRequest, pk: int) -> HttpResponse:
    """One hit that did not become a lead: the two names side by side and why it was left alone."""
    found = get_object_or_404(selectors.hits_visible(request.user), pk=pk)
    return render(request, "brands/hit.html", {"hit": found})


def take_over(request: OfficerRequest) -> HttpResponse:
    """Ask first, then put every protected mark of the register on the office's list."""
    user = request.user
    require(user, "brands.add_watchedmark")
    if request.method == "POST":
        taken = take_over_marks(user)
        messages.success(
            request,
            ngettext(
                "%(n)d mark is on the watch list now; all names are swept against it.",
                "%(n)d marks are on the watch list now; all names are swept against them.",
                len(taken),
            )
            % {"n": len(taken)},
        )
        return redirect("brands:watch-list")
    number = sum(1 for _mark in selectors.marks_to_take_over(user, user.unit_path))
    context = {
        "title": _("Take over protected marks"),
        "question": ngettext(
            "Put %(n)d registration with protection on the watch list?",
            "Put %(n)d registrations with protection on the watch list?",
            number,
        )
        % {"n": number},
        "consequence": _(
            "Well-known, famous and foreign marks and geographical indications in force, with "
            "holder, classes and similar groups; one brand per text. Names are swept against them."
        ),
        "confirm_label": _("Take over"),
        "cancel_url": reverse("brands:watch-list"),
    }
    return render(request, "kit/confirm.html", context)
