"""All days of a mark's life that the law sets, from the events that are known or supposed.

Each event is read by the text in force on its own day, so that a mark published before
2027-01-01 keeps its three months for oppositions and one published after it has two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.trademarks.terms import (
    Term,
    clock_term,
    grace_ends,
    months_later,
    renewal_opens,
    unused_since,
    validity,
)
from zhixing.law import LawError
from zhixing.law.schema import Clock

# The events a mark may have, in the order of its life, with what officers call them.
EVENTS: Mapping[str, str | Promise] = {
    "filed_on": gettext_lazy("Filed on"),
    "refused_on": gettext_lazy("Refusal received on"),
    "published_on": gettext_lazy("Published after examination on"),
    "registered_on": gettext_lazy("Mark registered on"),
    "used_on": gettext_lazy("Last use on"),
    "revocation_on": gettext_lazy("Cancellation for non-use asked for on"),
    "expires_on": gettext_lazy("Expires on"),
    "ended_on": gettext_lazy("Given up or ended on"),
}
CLOCKS = (
    ("filed_on", "tm_examination"),
    ("refused_on", "tm_refusal_review"),
    ("published_on", "tm_opposition"),
    ("registered_on", "tm_invalidation_relative"),
    ("revocation_on", "tm_non_use_decision"),
    ("ended_on", "tm_similar_bar"),
)


@dataclass(frozen=True, slots=True)
class LegalDay:
    """One day with what sets it; without a day, why there is none."""

    title: str
    event: str
    start: date
    due: date | None = None
    article: str = ""
    since: date | None = None
    length: str = ""
    note: str = ""
    verified: bool = True
    provisional: bool = False
    rolled: bool = False


def legal_days(events: Mapping[str, date | None], today: date) -> list[LegalDay]:
    """The days that follow from the events, in order of the day; unknown ones last."""
    days: list[LegalDay] = []
    for event, code in CLOCKS:
        if (start := events.get(event)) is not None:
            days.append(_of_clock(event, code, start))
            if code == "tm_opposition" and days[-1].due is not None:
                days.append(_of_clock(event, "tm_opposition_decision", days[-1].due))
    if (registered := events.get("registered_on")) is not None:
        days.append(_told("registered_on", registered, lambda: validity(registered)))
        used = events.get("used_on") or registered
        event = "used_on" if events.get("used_on") else "registered_on"
        days.append(_told(event, used, lambda: unused_since(used, max(used, today))))
    if (expires := events.get("expires_on")) is not None:
        days.append(_told("expires_on", expires, lambda: renewal_opens(expires)))
        days.append(_told("expires_on", expires, lambda: grace_ends(expires)))
    return sorted(days, key=lambda one: (one.due is None, one.due or one.start))


def _of_clock(event: str, code: str, start: date) -> LegalDay:
    return _told(event, start, lambda: clock_term(code, start))


def _told(event: str, start: date, find: Callable[[], Term]) -> LegalDay:
    is_chinese = (get_language() or "").startswith("zh")
    label = str(EVENTS[event])
    try:
        term = find()
    except LawError:
        return LegalDay(
            _("Not in the law tables"),
            label,
            start,
            note=_("The tables hold no text of that day; ask the legal section."),
            verified=False,
        )
    row = term.row
    if isinstance(row, Clock):
        label = row.starts_zh if is_chinese else row.starts_en
    plain = _plain_end(term)
    return LegalDay(
        title=row.title_zh if is_chinese else row.title_en,
        event=label,
        start=start,
        due=term.due,
        article=law.cite(row.articles[0]),
        since=row.valid_from,
        length=f"{row.amount} {_unit(row.unit)}",
        note=row.note,
        verified=row.is_verified,
        provisional=term.provisional,
        rolled=plain is not None and term.due > plain,
    )


def _plain_end(term: Term) -> date | None:
    """Where a period in months would end without days of rest."""
    if term.row.unit not in {"month", "year"} or term.due <= term.start:
        return None
    months = int(term.row.amount) * (12 if term.row.unit == "year" else 1)
    return months_later(term.start, months)


def _unit(unit: str) -> str:
    return {
        "month": _("months"),
        "year": _("years"),
        "calendar_day": _("calendar days"),
        "working_day": _("working days"),
    }[unit]
