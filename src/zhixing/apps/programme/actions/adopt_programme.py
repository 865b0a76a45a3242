"""Adopting the programme of a year."""

from __future__ import annotations

import hashlib

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import OrgUnit
from zhixing.apps.programme.models import Programme
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated


def adopt_programme(
    actor: Actor, *, unit: OrgUnit, year: int, base_year: int, source: str, reason: str
) -> Programme:
    """Make a programme text the bureau's plan of a year; figures are held against the base year.

    Raises:
        Refused: the actor neither leads nor heads that bureau.
        Invalid: no reason, an unknown text, a base year that does not lie before the year, or an
            office that is no city bureau.
        Conflict: the bureau has a programme for the year.
    """
    if source not in law.programme_names():
        raise Invalid(
            _("Expected one of %(known)s, got “%(given)s”.")
            % {"known": ", ".join(law.programme_names()), "given": source}
        )
    adopted = Programme(
        unit_path=unit.path,
        year=year,
        base_year=base_year,
        source=source,
        digest=text_digest(law.programme(source)),
        adopted_on=timezone.localdate(),
    )
    require(actor, "programme.adopt_programme", adopted)
    if unit.kind != OrgUnit.Kind.CITY:
        raise Invalid(_("A programme is adopted by the city bureau."))
    if base_year >= year:
        raise Invalid(
            _("The base year must lie before %(year)d.") % {"year": year},
            fields={"base_year": [_("must lie before the year")]},
        )
    if Programme.objects.filter(unit_path=unit.path, year=year).exists():
        raise Conflict(_("The programme of %(year)d is adopted already.") % {"year": year})
    with deed(actor, "programme.adopt", reason=stated(reason)) as act:
        adopted.save()
        act.obj = adopted
    return adopted


def text_digest(text: law.Programme) -> str:
    """SHA-256 of a programme text with all its items, by which a changed file is noticed."""
    return hashlib.sha256(text.model_dump_json(by_alias=True).encode()).hexdigest()
