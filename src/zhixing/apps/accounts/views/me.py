"""One's own page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhixing.apps.accounts.selectors import roles_of
from zhixing.kit.masking import mask
from zhixing.kit.requests import OfficerRequest


def me(request: OfficerRequest) -> HttpResponse:
    """Who is signed in, at which office, in which roles; language and password."""
    officer, today = request.user, timezone.localdate()
    context = {
        "roles": [role for role in roles_of(officer) if role.is_current(today)],
        "phone": mask("phone", officer.phone),
    }
    return render(request, "accounts/me.html", context)
