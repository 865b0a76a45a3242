"""Addresses of the interface for programs; all of them are open to anybody."""

from collections.abc import Iterable
from typing import Any

from zhixing.apps.portal.rest import open_to_all, rest

patterns, _app_name, _namespace = rest.urls


def _opened(found: Iterable[Any]) -> list[Any]:
    for pattern in found:
        open_to_all(pattern.callback)
    return list(found)


urlpatterns = _opened(patterns)
