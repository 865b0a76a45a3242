"""What the apps above add to the pages of a medium and of a monitored day."""

from __future__ import annotations

from collections.abc import Sequence

from zhixing.kit.register import Section

_medium: dict[str, Section] = {}
_day: dict[str, Section] = {}


def register_medium_section(section: Section) -> None:
    """Add a section to every medium's page; a second one of the same key replaces the first."""
    _medium[section.key] = section


def register_day_section(section: Section) -> None:
    """Add a section to the page of every monitored day."""
    _day[section.key] = section


def medium_sections() -> Sequence[Section]:
    """The sections of a medium's page that other apps registered."""
    return list(_medium.values())


def day_sections() -> Sequence[Section]:
    """The sections of a day's page that other apps registered."""
    return list(_day.values())
