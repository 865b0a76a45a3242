"""The way into the trade-mark services."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zhixing.apps.trademarks.home import groups_for
from zhixing.kit.actors import require
from zhixing.kit.requests import OfficerRequest


def home(request: OfficerRequest) -> HttpResponse:
    """Every place of the services, with what waits there."""
    require(request.user, "trademarks.view_cultivation")
    return render(request, "trademarks/home.html", {"groups": groups_for(request.user)})
