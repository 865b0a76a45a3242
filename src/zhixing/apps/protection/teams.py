"""Who may act together: officers of the office's cases, and as many as the law asks for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.protection.law_words import articles
from zhixing.kit.errors import Invalid


def check_team(
    officers: Collection[Officer], place: models.Model, *, code: str, day: date, field: str
) -> None:
    """Refuse a team that is too small or not of the place.

    Args:
        place: the row whose office they act for.
        code: the row of the law table `teams`.
        day: the day of the act; the text in force then counts.
        field: the field of the form that the sentence belongs to.

    Raises:
        Invalid: an officer does not work on cases of that office, or there are too few.
    """
    unfit = [officer for officer in officers if not officer.has_perm("leads.take_lead", place)]
    if unfit:
        sentence = _("%(officer)s does not work on cases of this office.") % {"officer": unfit[0]}
        raise Invalid(sentence, fields={field: [sentence]})
    row = law.on("teams", code, day)
    found = len({officer.pk for officer in officers})
    if found < row.amount:
        sentence = _("Expected at least %(least)d officers (%(articles)s), found %(found)d.") % {
            "least": row.amount,
            "articles": articles(row),
            "found": found,
        }
        raise Invalid(sentence, fields={field: [sentence]})
