"""The pages anybody may open."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from zhixing.apps.clearance.api import (
    NotReady,
    SearchForm,
    comparison,
    digest,
    make_public_report,
    pictured_marks_published,
    present,
    public_reports,
    search_published,
    thumbnail_response,
)
from zhixing.apps.portal.actions.count_request import TooMany, count_request
from zhixing.apps.portal.addresses import client_of
from zhixing.kit.errors import Invalid


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the site offers."""
    return render(request, "portal/home.html")


@login_not_required
def check(request: HttpRequest) -> HttpResponse:
    """Check a name before filing: the form, the lists, and with `keep` a report to print."""
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(asked or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if not form.is_bound:
        return render(request, "portal/check.html", context)
    status = 200
    try:
        if form.is_valid():
            if request.method == "POST" and "keep" in asked:
                count_request(client_of(request), "report")
                return redirect("portal:report", make_public_report(form.query).token)
            count_request(client_of(request), "search")
            context["result"] = present(search_published(form.query), picture_url)
        else:
            status = 422
    except Invalid as error:
        form.add_refusal(error)
        status = error.status
    except NotReady:
        context["not_ready"], status = True, 503
    except TooMany as error:
        context["too_many"], status = str(error), error.status
    response = render(request, "portal/check.html", context, status=status)
    add_never_cache_headers(response)
    return response


@login_not_required
@require_safe
def report(request: HttpRequest, token: str) -> HttpResponse:
    """A report by the address that only who made it knows."""
    found = get_object_or_404(public_reports(), token=token)
    context = {
        "report": found,
        "result": present(found.result, picture_url),
        "is_intact": digest(found.result) == found.digest,
    }
    response = render(request, "portal/report.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two names side by side."""
    context: dict[str, Any]
    try:
        if request.GET:
            count_request(client_of(request), "search")
        context, status = comparison(request)
    except TooMany as error:
        context, status = {"too_many": str(error)}, error.status
    return render(request, "portal/compare.html", context, status=status)


@login_not_required
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The figure of a published mark, small and drawn anew."""
    mark = get_object_or_404(pictured_marks_published(), pk=pk)
    if mark.image is None:
        raise Http404
    return thumbnail_response(mark.image)


@login_not_required
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language without signing in."""
    return set_language(request)


def picture_url(pk: int) -> str:
    """Where anybody sees the figure of a mark."""
    return reverse("portal:picture", args=[pk])
