"""Deeds on subjects: enter, change; and on their people: add, change, remove."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.registry.actions.note_names import Before, settle_names
from zhixing.apps.registry.checks import clean_uscc
from zhixing.apps.registry.models import Licence, Subject, SubjectPerson
from zhixing.apps.registry.naming import fill_subject
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate


def create_subject(actor: Actor, values: Mapping[str, Any]) -> Subject:
    """Enter a subject; `values` are fields of `Subject`, at least `name` and `unit_path`.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right; a wrong check character says what was expected.
        Conflict: the code is taken by another subject.
    """
    subject = Subject(unit_path=actor.unit_path)
    apply_changes(subject, values)
    require(actor, "registry.add_subject", subject)
    _check(subject)
    with deed(actor, "subject.create") as act:
        subject.save()
        act.obj = subject
    return subject


def update_subject(
    actor: Actor,
    obj: Subject,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Subject:
    """Change fields of a subject; moved to another office, its licences move along.

    The name it gives up is remembered with its day, and so is the day of its end.

    Raises:
        Refused: the subject, or the office it is moved to, is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        subject = fresh_row(obj, stamp)
        require(actor, "registry.change_subject", subject)
        with deed(actor, "subject.update", subject, reason=reason):
            office, before = subject.unit_path, Before.of(subject)
            apply_changes(subject, changes)
            require(actor, "registry.change_subject", subject)
            _check(subject)
            former = settle_names(before, subject)
            subject.save()
            if former is not None:
                former.save()
            if subject.unit_path != office:
                Licence.objects.filter(subject=subject).update(
                    unit_path=subject.unit_path, updated=timezone.now()
                )
    return subject


def _check(subject: Subject) -> None:
    subject.name = " ".join(subject.name.split())
    subject.uscc = clean_uscc(subject.uscc)
    if subject.uscc and (
        other := Subject.objects.filter(uscc=subject.uscc).exclude(pk=subject.pk).first()
    ):
        # The name of a subject in another office is public register data, so it may be told.
        sentence = _("This code belongs to “%(name)s”.") % {"name": other.name}
        raise Invalid(sentence, fields={"uscc": [sentence]})
    if (subject.longitude is None) != (subject.latitude is None):
        sentence = _("Give both longitude and latitude, or neither.")
        raise Invalid(sentence, fields={"latitude": [sentence]})
    for name in ("renamed_on", "ended_on"):
        day = getattr(subject, name)
        if day is not None and day > timezone.localdate():
            sentence = _("Expected today or an earlier day, found %(day)s.") % {"day": day}
            raise Invalid(sentence, fields={name: [sentence]})
    fill_subject(subject)
    validate(subject)


def add_person(actor: Actor, subject: Subject, values: Mapping[str, Any]) -> SubjectPerson:
    """Enter a person of the subject (role, name, phone, identity number)."""
    require(actor, "registry.change_subject", subject)
    person = SubjectPerson(subject=subject)
    apply_changes(person, {**values, "subject": subject})
    validate(person)
    with deed(actor, "person.create") as act:
        person.save()
        act.obj = person
    return person


def remove_person(actor: Actor, person: SubjectPerson, *, reason: str) -> None:
    """Take a person off the subject; the book keeps who it was, masked.

    Raises:
        Invalid: no reason is given.
        Conflict: the person was removed already.
    """
    require(actor, "registry.change_subject", person.subject)
    if not reason.strip():
        raise Invalid(_("Say why."), fields={"reason": [_("required")]})
    with deed(actor, "person.remove", person, reason=reason.strip()) as act:
        key = person.pk
        number, _kinds = SubjectPerson.objects.filter(pk=key).delete()
        if not number:
            raise Conflict(_("This person was removed already."))
        act.detail = {"subject": person.subject_id, "role": person.role}
