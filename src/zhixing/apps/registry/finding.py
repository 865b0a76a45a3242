"""What the one search box finds here."""

from __future__ import annotations

from zhixing.apps.registry.models import Licence
from zhixing.apps.registry.selectors import licences_visible, marks_visible, subjects_visible
from zhixing.engines.identifiers import normalise_code
from zhixing.kit.actors import Actor
from zhixing.kit.search import search
from zhixing.kit.searching import Hit

LICENCE_NUMBER_LENGTH = 16


def find_subjects(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Subjects by name, code or address, and by the full number of a licence."""
    hits = [
        Hit(
            subject.name,
            subject.get_absolute_url(),
            subject.uscc or "",
            subject.get_status_display(),
        )
        for subject in search(subjects_visible(actor), text).order_by("-pk")[:limit]
    ]
    return _by_licence(actor, text) + hits


def _by_licence(actor: Actor, text: str) -> list[Hit]:
    number = normalise_code(text)
    if len(number) != LICENCE_NUMBER_LENGTH or not actor.has_perm("registry.view_licence"):
        return []
    found: list[Licence] = list(licences_visible(actor).filter(number=number))
    return [
        Hit(licence.subject.name, licence.subject.get_absolute_url(), licence.number)
        for licence in found
    ]


def find_marks(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Trade marks by text, number or holder."""
    return [
        Hit(mark.text, mark.get_absolute_url(), mark.holder_name, mark.get_status_display())
        for mark in search(marks_visible(actor), text).order_by("-pk")[:limit]
    ]
