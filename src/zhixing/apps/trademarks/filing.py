"""What the filing of a licence (备案) lacks, by the law table.

A licence is filed within its own term (Implementing Regulation art 69) and says who may use which
mark, on what goods and for how long; unfiled it does not stand against a third party in good
faith (Trade Mark Law 2019 art 43, 2027 art 55). Neither text counts days from the signing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing import law
from zhixing.apps.registry.api import Authorisation, TradeMark
from zhixing.kit.register.columns import listed
from zhixing.law.schema import Provision

# Kinds that allow the use of the mark as such; distribution and the like are not filed.
FILED_KINDS = (Authorisation.Kind.LICENCE, Authorisation.Kind.OPERATION)


class FilingState(models.TextChoices):
    """How a licence stands towards its filing."""

    FILED = "filed", gettext_lazy("Filed with the office")
    READY = "ready", gettext_lazy("Ready to file")
    INCOMPLETE = "incomplete", gettext_lazy("Something is missing")
    TOO_LATE = "too_late", gettext_lazy("Ended unfiled")
    NONE = "none", gettext_lazy("No filing needed")


def filing_state(row: Authorisation, today: date) -> FilingState:
    """How the licence stands today."""
    if row.kind not in FILED_KINDS:
        return FilingState.NONE
    if row.filed_on is not None:
        return FilingState.FILED
    if row.status != Authorisation.Status.IN_FORCE or (row.ends_on and row.ends_on < today):
        return FilingState.TOO_LATE
    return FilingState.INCOMPLETE if any(missing(row)) else FilingState.READY


def missing(row: Authorisation) -> Iterator[str]:
    """What is missing or wrong before the licence can be filed, in words."""
    mark = row.mark
    if mark is None:
        yield _("the mark in the register")
    elif mark.status != TradeMark.Status.REGISTERED:
        yield _("a registered mark (it is: %(status)s)") % {"status": mark.get_status_display()}
    if row.starts_on is None:
        yield _("the first day")
    if row.ends_on is None:
        yield _("the last day")
    if not row.goods and not row.nice_classes:
        yield _("the goods")
    if mark is None:
        return
    if row.ends_on and mark.expires_on and row.ends_on > mark.expires_on:
        yield _("a last day within the mark's term (until %(day)s)") % {"day": mark.expires_on}
    if outside := sorted(set(row.nice_classes) - set(mark.nice_classes)):
        yield _("classes that the mark is registered for (%(classes)s is not)") % {
            "classes": listed(outside)
        }


def article_on(day: date) -> str:
    """The articles on the filing of licences in force on the day."""
    return listed(law.cite(citation) for citation in _row(day).articles)


def labelling_article(day: date) -> str:
    """The article on the licensee's name and the origin on the goods."""
    return law.cite(law.on("trademarks", "licence_labelling", day).articles[0])


def _row(day: date) -> Provision:
    return law.on("trademarks", "licence_filing", day)
