"""Jobs: the list, one job with its progress, cancel, try again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhixing.kit.jobs import actions, selectors
from zhixing.kit.register.paging import read_page
from zhixing.kit.requests import OfficerRequest

SHOWN = 50


@require_safe
def jobs(request: OfficerRequest) -> HttpResponse:
    """The jobs the officer may see, newest first, and what comes round by itself."""
    visible = selectors.jobs_visible(request.user)
    page = read_page(visible, "-pk", size=SHOWN, cursor=request.GET.get("cursor", ""))
    schedules = [
        (schedule, request.user.has_perm("kit.steer_job", schedule))
        for schedule in selectors.schedules_visible(request.user)
    ]
    return render(request, "kit/jobs/jobs.html", {"page": page, "schedules": schedules})


@require_safe
def job(request: OfficerRequest, pk: int) -> HttpResponse:
    """One job; asked by htmx, its progress alone."""
    found = get_object_or_404(selectors.jobs_visible(request.user), pk=pk)
    by_htmx = bool(getattr(request, "htmx", False))
    context: dict[str, Any] = {
        "job": found,
        "may_steer": selectors.may_steer(request.user, found),
    }
    if by_htmx and found.is_live:
        return render(request, "kit/jobs/progress.html", context)
    response = render(request, "kit/jobs/job.html", context)
    if by_htmx:
        # The end of the job changes the whole page, not its bar alone.
        response["HX-Refresh"] = "true"
    return response


def cancel(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask first, then cancel."""
    found = get_object_or_404(selectors.jobs_visible(request.user), pk=pk)
    if request.method == "POST":
        return redirect(actions.cancel(request.user, found))
    context = {
        "title": _("Cancel this job?"),
        "question": found.label,
        "consequence": _("What it has done so far stays; it can be taken up again later."),
        "confirm_label": _("Cancel the job"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
    }
    return render(request, "kit/confirm.html", context)


@require_POST
def retry(request: OfficerRequest, pk: int) -> HttpResponse:
    """Queue a failed or cancelled job again."""
    found = get_object_or_404(selectors.jobs_visible(request.user), pk=pk)
    return redirect(actions.retry(request.user, found))


@require_POST
def switch(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put a schedule in or out of force."""
    found = get_object_or_404(selectors.schedules_visible(request.user), pk=pk)
    actions.switch_schedule(request.user, found, on=bool(request.POST.get("on")))
    return redirect("jobs:jobs")
