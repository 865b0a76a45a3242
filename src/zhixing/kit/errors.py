"""Errors an officer can act on: each has a stable code and a sentence saying what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class ProductError(Exception):
    """Root of every error the product raises on purpose; `str()` is the sentence shown."""

    code = "product.error"
    status = 400

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class Refused(ProductError):
    """The actor may not do this, or not to this object."""

    code = "permission.refused"
    status = 403


class Conflict(ProductError):
    """Somebody else changed the object in the meantime, or its state does not allow the deed."""

    code = "state.conflict"
    status = 409


class Invalid(ProductError):
    """What was given cannot be used; `fields` maps field names to what was expected and found."""

    code = "input.invalid"
    status = 422

    def __init__(
        self, message: str, *, code: str | None = None, fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.fields = fields or {}


class RefusalMiddleware:
    """Shows a `ProductError` that no view caught as a page with its sentence and code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ProductError):
            return None
        context = {"error": error, "title": _("This cannot be done")}
        return render(request, "kit/refusal.html", context, status=error.status)
