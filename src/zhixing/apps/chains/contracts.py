"""What a contract's text says, in the words and values of the register's form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.chains.parties import operators, subject_id_of
from zhixing.apps.registry.api import Authorisation
from zhixing.engines.labels import Found

FIELD_LABELS = {
    "kind": _("Kind"),
    "exclusivity": _("Exclusivity"),
    "grantor_name": _("Who grants"),
    "grantee_name": _("Who is allowed"),
    "mark_text": _("Mark in the contract"),
    "registration_number": _("Registration number"),
    "contract_number": _("Contract number"),
    "goods": _("Goods"),
    "nice_classes": _("Nice classes"),
    "territory": _("Territory"),
    "export_only": _("For export only"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
}


def choice_label(field: str, value: Any) -> Any:
    """The words of a kind or an exclusivity; any other value as it is."""
    choices = {"kind": Authorisation.Kind, "exclusivity": Authorisation.Exclusivity}
    return choices[field](value).label if field in choices else value


def form_values(found: Iterable[Found]) -> dict[str, str]:
    """Initial values of the form: texts cut to their columns, parties of the register by number."""
    values: dict[str, str] = {}
    for row in found:
        if row.field == "registration_number":
            continue
        values[row.field] = _as_text(row)
    for side in ("grantor", "grantee"):
        name = values.get(f"{side}_name", "")
        pk = subject_id_of(operators([name])[name].key) if name else None
        if pk is not None:
            values[side] = f"#{pk}"
    return values


def _as_text(row: Found) -> str:
    value = row.value
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    longest = getattr(Authorisation._meta.get_field(row.field), "max_length", None)
    return value[:longest]
