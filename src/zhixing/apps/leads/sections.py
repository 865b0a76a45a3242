"""What other apps add to the page of a lead: sections, below the evidence or in the side column."""

from __future__ import annotations

from zhixing.kit.actors import Actor
from zhixing.kit.register import Section
from zhixing.kit.register.views.row import Part

LeadSection = Section

_sections: dict[str, Section] = {}


def register_lead_section(section: Section) -> None:
    """Add a section to every lead's page; a second one of the same key replaces the first."""
    _sections[section.key] = section


def parts_for(actor: Actor, lead: object) -> list[Part]:
    """The sections with something in them for this actor, in the order of the page."""
    parts = []
    for section in sorted(_sections.values(), key=lambda section: section.order):
        context = section.context(actor, lead)
        if context is not None:
            parts.append(
                Part(section.key, section.label, section.template, dict(context), section.aside)
            )
    return parts
