"""A figure in its unit, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhixing.kit.formats import number, percent
from zhixing.kit.indicators import Figure

DIGITS = {"count": 0, "score": 1, "per_1000": 2, "days": 1}


def amount(value: float | None, unit: str) -> str:
    """A value in its unit: a share as a percentage, anything else with its decimals."""
    return percent(value) if unit == "share" else number(value, DIGITS[unit])


def difference(now: Figure, before: Figure, unit: str) -> str:
    """How a figure moved, with its sign; empty when it did not, or when one of them is missing."""
    if now.value is None or before.value is None or now.value == before.value:
        return ""
    moved = now.value - before.value
    sign = "+" if moved > 0 else "−"
    if unit == "share":
        return _("%(sign)s%(points)s points") % {"sign": sign, "points": f"{abs(moved) * 100:.1f}"}
    return f"{sign}{number(abs(moved), DIGITS[unit])}"
