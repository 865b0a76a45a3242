"""Figures of the law table that decide what becomes a lead and what is read."""

from __future__ import annotations

from datetime import date

from zhixing import law


def lead_probability(day: date) -> float:
    """The lowest probability that makes a lead, in [0, 1]."""
    return _share("lead_probability", day)


def double_share(day: date) -> float:
    """The share of advertisements read twice where the office has set none, in [0, 1]."""
    return _share("double_reading", day)


def sample_share(day: date) -> float:
    """The share read though nothing was found, where the office has set none, in [0, 1]."""
    return _share("sample_reading", day)


def _share(code: str, day: date) -> float:
    percent = law.on("adverts", code, day).amount
    return float(percent / 100)
