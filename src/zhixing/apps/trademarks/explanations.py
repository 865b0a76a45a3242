"""Why a reminder stands there, in words, from the days and articles found."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from zhixing.apps.trademarks.models import Reminder
from zhixing.kit.formats import day

Kind = Reminder.Kind


def why(reminder: Reminder) -> str:
    """One or two sentences with the days and the article."""
    return _sentence(reminder) % {key: _told(value) for key, value in reminder.facts.items()}


def _sentence(reminder: Reminder) -> str:
    if reminder.kind == Kind.NON_USE and not reminder.facts.get("used"):
        return _(
            "No use is on record since the registration on %(since)s. From %(due)s anybody may ask "
            "for cancellation (%(article)s)."
        )
    if reminder.kind == Kind.LICENCE_BEYOND and not reminder.facts.get("ends"):
        return _(
            "The licence names no last day, but the mark's term ends on %(term)s (%(article)s). "
            "Renew the mark, or give the licence an end."
        )
    return {
        Kind.RENEWAL: _(
            "The term ends on %(ends)s. A renewal may be asked for since %(opens)s, "
            "and with grace until %(grace)s (%(article)s)."
        ),
        Kind.GRACE: _(
            "The term ended on %(ends)s. The grace for a renewal ends on %(grace)s (%(article)s)."
        ),
        Kind.EXPIRED: _(
            "The term ended on %(ends)s and the grace on %(grace)s (%(article)s). Check whether "
            "the mark was renewed, and correct the register."
        ),
        Kind.LICENCE_ENDING: _(
            "The licence ends on %(ends)s. Goods made after that day need a new one (%(article)s)."
        ),
        Kind.LICENCE_BEYOND: _(
            "The licence runs until %(ends)s, but the mark's term ends on %(term)s (%(article)s). "
            "Renew the mark, or shorten the licence."
        ),
        Kind.NON_USE: _(
            "The last use on record is of %(since)s. From %(due)s anybody may ask for "
            "cancellation (%(article)s)."
        ),
    }[Kind(reminder.kind)]


def _told(value: str) -> str:
    """A day in words; anything else as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
