"""Two names side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhixing.apps.clearance.comparing import compare_names
from zhixing.apps.clearance.forms import CompareForm
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


@require_safe
def compare(request: OfficerRequest) -> HttpResponse:
    """The form and, once two names are given, their comparison."""
    require(request.user, "clearance.search_marks")
    context, status = comparison(request)
    return render(request, "clearance/compare.html", context, status=status)


def comparison(request: HttpRequest) -> tuple[dict[str, Any], int]:
    """What the page needs, and its status; both sites show the same."""
    form = CompareForm(request.GET or None)
    if not form.is_bound:
        return {"form": form}, 200
    if not form.is_valid():
        return {"form": form}, 422
    try:
        found = compare_names(form.cleaned_data["a"], form.cleaned_data["b"])
    except Invalid as error:
        for name, texts in error.fields.items():
            form.add_error(name, " ".join(texts))
        return {"form": form}, error.status
    return {"form": form, "found": found}, 200
