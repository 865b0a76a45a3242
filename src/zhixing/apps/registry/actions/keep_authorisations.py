"""Deeds on authorisations: enter, change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.registry.checks import clean_nice_classes, clean_similar_groups
from zhixing.apps.registry.models import Authorisation
from zhixing.apps.registry.naming import fill_authorisation
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate


def create_authorisation(actor: Actor, values: Mapping[str, Any]) -> Authorisation:
    """Enter a contract; without `unit_path` it is kept where the one who is allowed belongs.

    A party or mark of the register fills in the name or text that is not given.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    row = Authorisation()
    apply_changes(row, values)
    if not row.unit_path:
        row.unit_path = row.grantee.unit_path if row.grantee else actor.unit_path
    require(actor, "registry.add_authorisation", row)
    _check(row)
    with deed(actor, "authorisation.create") as act:
        row.save()
        act.obj = row
    return row


def update_authorisation(
    actor: Actor,
    obj: Authorisation,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Authorisation:
    """Change fields of a contract.

    Raises:
        Refused: the contract, or the office it is given to, is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "registry.change_authorisation", row)
        with deed(actor, "authorisation.update", row, reason=reason):
            apply_changes(row, changes)
            require(actor, "registry.change_authorisation", row)
            _check(row)
            row.save()
    return row


def _check(row: Authorisation) -> None:
    row.grantor_name = _name(row.grantor_name, row.grantor)
    row.grantee_name = _name(row.grantee_name, row.grantee)
    for field, name in (("grantor_name", row.grantor_name), ("grantee_name", row.grantee_name)):
        if not name:
            sentence = _("Name the party, or choose it from the register.")
            raise Invalid(sentence, fields={field: [sentence]})
    if row.grantor_name == row.grantee_name:
        sentence = _("Expected two different parties, found “%(name)s” twice.") % {
            "name": row.grantor_name
        }
        raise Invalid(sentence, fields={"grantee_name": [sentence]})
    if row.mark is not None and not row.mark_text:
        row.mark_text = row.mark.text
    row.mark_text = " ".join(row.mark_text.split())
    row.nice_classes = clean_nice_classes(row.nice_classes)
    row.similar_groups = clean_similar_groups(row.similar_groups)
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        sentence = _("Expected a day on or after %(start)s, found %(end)s.") % {
            "start": row.starts_on,
            "end": row.ends_on,
        }
        raise Invalid(sentence, fields={"ends_on": [sentence]})
    _refuse_double(row)
    fill_authorisation(row)
    validate(row)


def _name(given: str, party: Any) -> str:
    return " ".join(given.split()) or (party.name if party is not None else "")


def _refuse_double(row: Authorisation) -> None:
    same = Authorisation.objects.filter(
        contract_number=row.contract_number,
        mark_text=row.mark_text,
        grantee_name=row.grantee_name,
    ).exclude(pk=row.pk)
    if row.contract_number and same.exists():
        sentence = _("This contract is in the register already, for the same mark and party.")
        raise Invalid(sentence, fields={"contract_number": [sentence]})
