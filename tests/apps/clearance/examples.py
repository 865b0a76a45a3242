"""Marks with words and figures, and who searches for them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.people import make_officer, make_offices
from tests.apps.registry import examples as registry
from tests.engines.figures.logos import logo, png
from zhixing.apps.registry.api import TradeMark, set_figure
from zhixing.kit.testing.suites import Cast

_numbers = iter(range(1, 100_000))


def cast() -> Cast:
    """An officer and a colleague at one office, its head, an officer elsewhere, an auditor."""
    offices = make_offices()
    return Cast(
        keeper=make_officer(offices.office, "officer"),
        colleague=make_officer(offices.office, "officer"),
        head=make_officer(offices.office, "head"),
        elsewhere=make_officer(offices.other_office, "officer"),
        stranger=make_officer(offices.office, "auditor"),
    )


def mark(text: str, unit_path: str = "3799/", **values: Any) -> TradeMark:
    """A registered mark of class 30."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "text": text,
        "registration_number": str(5_000_000 + number),
        "nice_classes": [30],
        "similar_groups": ["3003"],
        "holder_name": "示范市海之韵食品有限公司",
    }
    return registry.mark(unit_path, number, **(given | values))


def picture(number: int, name: str = "figure.png") -> SimpleUploadedFile:
    """A logo as an upload."""
    return SimpleUploadedFile(name, png(logo(number)), "image/png")


def pictured(text: str, number: int, unit_path: str = "3799/", **values: Any) -> TradeMark:
    """A mark whose figure is the logo of that number."""
    return set_figure(registry.SYSTEM, mark(text, unit_path, **values), upload=picture(number))
