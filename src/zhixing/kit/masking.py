"""Personal data is shown masked: 王×, 138****1234. One rule per kind, named on the model.

A model declares `personal_fields = {"phone": "phone", "contact_name": "name"}`; lists, pages,
exports and audit entries show the masked form, and reading the plain form is a deed of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def mask_name(value: str) -> str:
    """王小明 → 王××; an empty name stays empty."""
    return value[:1] + "×" * (len(value) - 1) if len(value) > 1 else value


def mask_phone(value: str) -> str:
    """13812341234 → 138****1234; a number too short to keep its ends is hidden whole."""
    return f"{value[:3]}****{value[-4:]}" if len(value) >= 11 else "*" * len(value)


def mask_identity(value: str) -> str:
    """A citizen's identity number shows nothing but that it is there."""
    return "*" * len(value)


def mask_address(value: str) -> str:
    """A home address keeps its first six characters (down to the district)."""
    return value[:6] + "****" if value else value


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "identity": mask_identity,
    "address": mask_address,
}


def mask(kind: str, value: Any) -> str:
    """The value as shown to whoever has no reason to see more.

    Raises:
        KeyError: `kind` is not one of `MASKS`.
    """
    return MASKS[kind](str(value)) if value else ""
