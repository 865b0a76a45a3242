"""Deeds on licences and filings: enter, change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.registry.checks import clean_licence_number
from zhixing.apps.registry.models import Licence
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate


def create_licence(actor: Actor, values: Mapping[str, Any]) -> Licence:
    """Enter a licence or filing of a subject; its office is the subject's.

    Raises:
        Refused: the subject is not in the actor's offices.
        Invalid: a field cannot be right; a wrong check digit says what was expected.
    """
    licence = Licence()
    apply_changes(licence, values)
    _place(licence)
    require(actor, "registry.add_licence", licence)
    _check(licence)
    with deed(actor, "licence.create") as act:
        licence.save()
        act.obj = licence
    return licence


def update_licence(
    actor: Actor,
    obj: Licence,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Licence:
    """Change fields of a licence.

    Raises:
        Refused: the licence, or the subject it is given to, is not in the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        licence = fresh_row(obj, stamp)
        require(actor, "registry.change_licence", licence)
        with deed(actor, "licence.update", licence, reason=reason):
            apply_changes(licence, changes)
            _place(licence)
            require(actor, "registry.change_licence", licence)
            _check(licence)
            licence.save()
    return licence


def _place(licence: Licence) -> None:
    try:
        licence.unit_path = licence.subject.unit_path
    except Licence.subject.RelatedObjectDoesNotExist as error:
        sentence = _("Name the subject that holds the licence.")
        raise Invalid(sentence, fields={"subject": [sentence]}) from error


def _check(licence: Licence) -> None:
    licence.number = clean_licence_number(licence.kind, licence.number)
    if other := Licence.objects.filter(number=licence.number).exclude(pk=licence.pk).first():
        sentence = _("This number belongs to “%(name)s”.") % {"name": other.subject.name}
        raise Invalid(sentence, fields={"number": [sentence]})
    if licence.valid_from and licence.valid_to and licence.valid_to < licence.valid_from:
        sentence = _("Expected a day on or after %(start)s, found %(end)s.") % {
            "start": licence.valid_from,
            "end": licence.valid_to,
        }
        raise Invalid(sentence, fields={"valid_to": [sentence]})
    validate(licence)
