"""The result page of the one search box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zhixing.kit.requests import OfficerRequest
from zhixing.kit.searching import LIMIT, find_everything

MAX_LENGTH = 100


def search(request: OfficerRequest) -> HttpResponse:
    """Everything the officer may see that holds the words of `q`."""
    text = request.GET.get("q", "").strip()[:MAX_LENGTH]
    context = {"text": text, "groups": find_everything(request.user, text), "limit": LIMIT}
    return render(request, "kit/search.html", context)
