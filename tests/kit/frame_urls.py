"""Addresses for tests of the frame and the style page: an officer of straw is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from zhixing.kit import components


class StrawOfficer:
    """Holds the permissions named; signed in as far as the frame can tell."""

    is_authenticated = True
    unit = "城东区局"

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def __str__(self) -> str:
        return "王×"

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        return permission in self.permissions


@login_not_required
def style_page(request: HttpRequest) -> HttpResponse:
    request.user = StrawOfficer("kit.view_components")  # type: ignore[assignment]
    return components.page(request)  # type: ignore[arg-type]


@login_not_required
def refused_style_page(request: HttpRequest) -> HttpResponse:
    request.user = StrawOfficer()  # type: ignore[assignment]
    return components.page(request)  # type: ignore[arg-type]


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/login.html", {"next": "/elsewhere/"})


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    request.user = StrawOfficer()  # type: ignore[assignment]
    return render(request, "kit/base.html")


urlpatterns = [
    path("", page, name="desk"),
    path("_components/", style_page, name="kit-components"),
    path("refused/", refused_style_page),
    path("leads/", page, name="leads"),
    path("leads/1/", page),
    path("brands/", page, name="brands"),
    path("search/", page, name="search"),
    path("login/", sign_in, name="login"),
]
