"""The letter of a request for assistance, and of the answer, for the printer."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from zhixing.apps.protection import selectors
from zhixing.kit.requests import OfficerRequest
from zhixing.kit.scope import office_names


def letter(request: OfficerRequest, pk: int) -> HttpResponse:
    """Our letter: the request when it is ours, our answer when it is theirs."""
    found = get_object_or_404(selectors.assistance_visible(request.user), pk=pk)
    names = office_names([found.unit_path])
    context = {
        "letter": found,
        "office": names.get(found.unit_path, ""),
        "bureau": settings.BUREAU_NAME,
    }
    return render(request, "protection/letter.html", context)
