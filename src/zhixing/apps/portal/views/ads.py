"""Check an advertisement: what anybody may paste, and how often it was done."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from zhixing.apps.discipline.api import CheckForm, check_text
from zhixing.apps.portal.actions.count_request import TooMany, count_request, count_use
from zhixing.apps.portal.addresses import client_of
from zhixing.apps.portal.selectors import use_by_day

DAYS = 90


@login_not_required
def check(request: HttpRequest) -> HttpResponse:
    """The form, and each problem marked in place. The text is answered, not kept."""
    form = CheckForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound:
        try:
            # Before anything is read: a picture costs time.
            count_request(client_of(request), "ad")
            if form.is_valid():
                given = form.cleaned_data
                context["found"] = check_text(
                    given["text"], given["category"], given["medium"], is_whole=given["whole"]
                )
                count_use("ad")
            else:
                status = 422
        except TooMany as error:
            context["too_many"], status = str(error), error.status
    response = render(request, "portal/ad.html", context, status=status)
    add_never_cache_headers(response)
    return response


@login_not_required
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How often advertisements were checked, day by day: the rows behind the board's figure."""
    days = use_by_day("ad")[:DAYS]
    return render(request, "portal/ad_counts.html", {"days": days})
