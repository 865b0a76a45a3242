"""What the pages of the registry need."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.text import capfirst

from zhixing.apps.registry.models import Authorisation, Licence, Subject, SubjectPerson
from zhixing.apps.registry.registers import AUTHORISATION_TONES, LICENCE_TONES, SUBJECT_TONES
from zhixing.kit.masking import mask

register = template.Library()


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for loops over field names."""
    return text.split()


@register.inclusion_tag("registry/parts/badge.html")
def subject_status(subject: Subject) -> dict[str, str]:
    """The status of a subject with its tone."""
    return {"text": subject.get_status_display(), "tone": SUBJECT_TONES[subject.status]}


@register.inclusion_tag("registry/parts/badge.html")
def licence_status(licence: Licence) -> dict[str, str]:
    """The status of a licence with its tone; one in force by status may have run out by date."""
    return {"text": licence.get_standing_display(), "tone": LICENCE_TONES[licence.standing]}


@register.inclusion_tag("registry/parts/badge.html")
def authorisation_status(row: Authorisation) -> dict[str, str]:
    """How a contract stands today, with its tone."""
    return {"text": row.get_standing_display(), "tone": AUTHORISATION_TONES[row.standing]}


@register.inclusion_tag("registry/parts/personal.html")
def personal(owner: Any, field: str, may_reveal: bool) -> dict[str, Any]:
    """A personal field, masked, with the way to see it for whoever may."""
    url = ""
    if may_reveal:
        if isinstance(owner, SubjectPerson):
            url = reverse("registry:reveal-person", args=[owner.subject_id, owner.pk, field])
        else:
            url = reverse("registry:reveal", args=[owner.pk, field])
    return {
        "label": capfirst(owner._meta.get_field(field).verbose_name),
        "value": mask(owner.personal_fields[field], getattr(owner, field)),
        "url": url,
    }


@register.inclusion_tag("registry/parts/side_by_side.html")
def beside(cells: list[dict[str, Any]], a_label: str, b_label: str) -> dict[str, Any]:
    """Two names character by character (`side_by_side`), if a character differs at all."""
    parts = ("shared_parts", "a_parts", "b_parts")
    is_taken_apart = any(cell[part] for cell in cells for part in parts)
    return {
        "cells": cells,
        "a_label": a_label,
        "b_label": b_label,
        "is_taken_apart": is_taken_apart,
        "differs": any(cell["operation"] != "same" for cell in cells),
    }
