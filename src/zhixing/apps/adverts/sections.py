"""What the apps above add to the page of an advertisement."""

from __future__ import annotations

from collections.abc import Sequence

from zhixing.kit.register import Section

_sections: dict[str, Section] = {}


def register_ad_section(section: Section) -> None:
    """Add a section to every advertisement's page; a second one of the same key replaces it."""
    _sections[section.key] = section


def ad_sections() -> Sequence[Section]:
    """The sections that other apps registered."""
    return list(_sections.values())
