"""The desk: what is due, what waits, where to go on."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhixing.apps.leads import selectors
from zhixing.apps.leads.models import Lead
from zhixing.kit.duties import duties
from zhixing.kit.requests import OfficerRequest

LINES = 10
SOON = timedelta(days=3)


def desk(request: OfficerRequest) -> HttpResponse:
    """What the officer has to do today."""
    user, today = request.user, timezone.localdate()
    soon = today + SOON
    context: dict[str, object] = {
        "today": today,
        "sees_leads": user.has_perm("leads.view_lead"),
        "duties": duties(user, soon, LINES),
    }
    if context["sees_leads"]:
        context |= {
            "due": selectors.leads_due(user, soon)[:LINES],
            "mine": selectors.leads_of_officer(user).filter(due_on__gt=soon)[:LINES],
            "unassigned": selectors.leads_unassigned(user)[:LINES],
            "may_dispose": user.has_perm("leads.dispose_lead"),
            "dispositions": Lead.Disposition.choices,
        }
    return render(request, "leads/desk.html", context)
