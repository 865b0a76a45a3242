"""The request that a deed belongs to: an id that log lines, audit entries and error pages share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request, command or job being served; empty outside of one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Name the unit of work that follows in this context, e.g. `job:17:2`."""
    _request_id.set(value)


class RequestIdMiddleware:
    """Gives each request an id and returns it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request_id.set(uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id()
            return response
        finally:
            _request_id.reset(token)


class OfficerRequest(HttpRequest):
    """A request behind the sign-in: `user` is an officer (LoginRequiredMiddleware sees to it)."""

    user: Any  # accounts.Officer; the kit does not import upwards
