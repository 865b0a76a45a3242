"""Searching before filing, keeping the result, and the pictures of what was found."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhixing.apps.clearance import selectors
from zhixing.apps.clearance.actions.make_report import make_report
from zhixing.apps.clearance.forms import SearchForm
from zhixing.apps.clearance.indexing import NotReady
from zhixing.apps.clearance.pictures import thumbnail_response
from zhixing.apps.clearance.presenting import marks_named, present
from zhixing.apps.clearance.searching import search
from zhixing.apps.registry.api import marks_visible
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


def search_marks(request: OfficerRequest) -> HttpResponse:
    """The form and, once something is asked, the lists; with `keep` they become a report.

    A name alone may be asked by address; a picture is sent.
    """
    require(request.user, "clearance.search_marks")
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(asked or None, request.FILES or None)
    context = {"form": form, "may_keep": request.user.has_perm("clearance.add_searchreport")}
    status = 200
    if form.is_bound:
        try:
            if form.is_valid():
                if request.method == "POST" and "keep" in asked:
                    return redirect(make_report(request.user, form.query))
                result = search(request.user, form.query)
                visible = marks_visible(request.user).filter(pk__in=marks_named(result))
                context["result"] = present(
                    result, picture_url, set(visible.values_list("pk", flat=True))
                )
            else:
                status = 422
        except Invalid as error:
            form.add_refusal(error)
            status = error.status
        except NotReady:
            context["not_ready"], status = True, 503
    return render(request, "clearance/search.html", context, status=status)


@require_safe
def picture(request: OfficerRequest, pk: int) -> HttpResponse:
    """The figure of a mark that was found, small."""
    mark = get_object_or_404(selectors.pictured_marks(request.user), pk=pk)
    if mark.image is None:
        raise Http404
    return thumbnail_response(mark.image)


def picture_url(pk: int) -> str:
    """Where an officer sees the figure of a mark."""
    return reverse("clearance:picture", args=[pk])
