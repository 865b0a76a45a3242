"""The first page of the ad watch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.adverts.actions.schedule_screening import schedule_of, schedule_screening
from zhixing.apps.adverts.models import Ad
from zhixing.apps.adverts.overview import families, figures
from zhixing.kit.actors import require
from zhixing.kit.jobs.api import Schedule
from zhixing.kit.requests import OfficerRequest


def home(request: OfficerRequest) -> HttpResponse:
    """What waits, what came in, what is found most often; the ways in."""
    user = request.user
    require(user, "adverts.view_ad")
    own = Ad(unit_path=user.unit_path)
    context = {
        "figures": figures(user),
        "families": families(user),
        "schedule": schedule_of(user, user.unit_path),
        "may": {
            "capture": user.has_perm("adverts.capture_ad"),
            "read": user.has_perm("adverts.review_ad"),
            "screen": user.has_perm("adverts.screen_ads", own),
            "schedule": user.has_perm("kit.steer_job", Schedule(unit_path=user.unit_path)),
        },
    }
    return render(request, "adverts/home.html", context)


def schedule(request: OfficerRequest) -> HttpResponse:
    """Let what is due be screened every night."""
    if request.method == "POST":
        row = schedule_screening(request.user, request.user.unit_path)
        messages.success(
            request,
            _("What is due is screened every night; next on %(day)s.")
            % {"day": f"{row.next_run:%Y-%m-%d}"},
        )
    return redirect("adverts:home")
