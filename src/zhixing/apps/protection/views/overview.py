"""The page of the leader: what is open, what is overdue, each figure with its rows."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhixing.apps.protection import counts, selectors
from zhixing.kit.requests import OfficerRequest


def overview(request: OfficerRequest) -> HttpResponse:
    """Counts of the actor's offices and the most urgent rows."""
    now = timezone.now()
    context = {
        "groups": counts.groups(request.user, now),
        "transfers": selectors.transfers_waiting(request.user)[:5],
        "requests": selectors.assistance_waiting(request.user)[:5],
    }
    return render(request, "protection/overview.html", context)
