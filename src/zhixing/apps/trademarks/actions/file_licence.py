"""The deed that records the filing of a licence."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.registry.api import Authorisation, update_authorisation
from zhixing.apps.trademarks.filing import FILED_KINDS, FilingState, filing_state, missing
from zhixing.kit.actors import Actor, require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register.columns import listed


def record_filing(
    actor: Actor, row: Authorisation, *, filing_number: str, filed_on: date
) -> Authorisation:
    """Record that a licence was filed, with number and day.

    Raises:
        Refused: the contract is not one of the actor's.
        Conflict: it is filed already, or of a kind that is not filed.
        Invalid: something the filing says is missing, or the day lies outside the licence's term.
    """
    require(actor, "registry.change_authorisation", row)
    if row.kind not in FILED_KINDS:
        raise Conflict(_("A contract of this kind is not filed."))
    if filing_state(row, filed_on) == FilingState.FILED:
        raise Conflict(
            _("This licence is filed already: %(number)s.") % {"number": row.filing_number}
        )
    if lacking := list(missing(row)):
        raise Invalid(_("The filing still needs: %(what)s.") % {"what": listed(lacking)})
    assert row.starts_on is not None  # `missing` names days that are not there
    assert row.ends_on is not None
    last = min(row.ends_on, timezone.localdate())
    if not row.starts_on <= filed_on <= last:
        sentence = _("Expected a day within the licence, from %(start)s to %(end)s; found %(day)s.")
        sentence %= {"start": row.starts_on, "end": last, "day": filed_on}
        raise Invalid(sentence, fields={"filed_on": [sentence]})
    if not filing_number.strip():
        raise Invalid(_("Give the filing number."), fields={"filing_number": [_("required")]})
    changes = {"filing_number": filing_number.strip(), "filed_on": filed_on}
    filed: Authorisation = update_authorisation(actor, row, changes, stamp=row.updated)
    return filed
