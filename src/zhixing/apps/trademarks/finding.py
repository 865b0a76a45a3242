"""What is worth a reminder today, as a computation on marks and licences; it writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhixing import law
from zhixing.apps.registry.api import Authorisation, TradeMark
from zhixing.apps.trademarks.models import Reminder
from zhixing.apps.trademarks.terms import (
    ONE_DAY,
    grace_ends,
    months_later,
    renewal_opens,
    unused_since,
)

Kind = Reminder.Kind


@dataclass(frozen=True, slots=True)
class Found:
    """One reminder: about what, due when, by which days and article."""

    kind: str
    due: date
    mark: TradeMark | None
    authorisation: Authorisation | None = None
    term_end: date | None = None
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What makes it the same one when found again: kind, mark, licence and day."""
        parts = (
            self.kind,
            self.mark.pk if self.mark else "",
            self.authorisation.pk if self.authorisation else "",
            self.due.isoformat(),
        )
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def about_terms(marks: Iterable[TradeMark], today: date) -> Iterator[Found]:
    """Marks in their renewal window, in grace, or past both, by the text in force at the end."""
    for mark in marks:
        end = mark.expires_on
        if end is None or mark.status != TradeMark.Status.REGISTERED:
            continue
        opens, grace = renewal_opens(end), grace_ends(end)
        if today < opens.due:
            continue
        facts = term_facts(end)
        if today <= end:
            yield Found(Kind.RENEWAL, end, mark, term_end=end, facts=facts)
        elif today <= grace.due:
            yield Found(Kind.GRACE, grace.due, mark, term_end=end, facts=facts)
        else:
            yield Found(Kind.EXPIRED, grace.due, mark, term_end=end, facts=facts)


def term_facts(end: date) -> dict[str, str]:
    """The days around the end of a term, and the article of the grace."""
    opens, grace = renewal_opens(end), grace_ends(end)
    return {
        "opens": opens.due.isoformat(),
        "ends": end.isoformat(),
        "grace": grace.due.isoformat(),
        "article": grace.article,
        "provisional": "1" if grace.provisional else "",
    }


def about_use(marks: Iterable[tuple[TradeMark, date | None]], today: date) -> Iterator[Found]:
    """Marks that come near three years without a use on record.

    Args:
        marks: marks that somebody follows, each with the day of its last use on record.
    """
    notice = timedelta(int(law.on("trademarks", "non_use_notice", today).amount))
    for mark, used in marks:
        if mark.status != TradeMark.Status.REGISTERED or mark.registered_on is None:
            continue
        last = max(used or mark.registered_on, mark.registered_on)
        term = unused_since(last, today)
        if today < term.due - notice:
            continue
        facts = {
            "since": last.isoformat(),
            "used": "1" if used else "",
            "due": term.due.isoformat(),
            "article": term.article,
        }
        yield Found(Kind.NON_USE, term.due, mark, facts=facts)


def about_licences(licences: Iterable[Authorisation], today: date) -> Iterator[Found]:
    """Licences that end soon, and licences that run on after the mark's own term."""
    notice = timedelta(int(law.on("trademarks", "licence_end_notice", today).amount))
    article = law.cite(law.on("trademarks", "licence_filing", today).articles[0])
    for row in licences:
        if row.status != Authorisation.Status.IN_FORCE:
            continue
        ends, mark = row.ends_on, row.mark
        if ends is not None and today <= ends <= today + notice:
            facts = {"ends": ends.isoformat(), "article": article}
            yield Found(Kind.LICENCE_ENDING, ends, mark, row, facts=facts)
        term = mark.expires_on if mark is not None else None
        if term is None or not row.in_force(today) or (ends is not None and ends <= term):
            continue
        facts = {
            "ends": ends.isoformat() if ends is not None else "",
            "term": term.isoformat(),
            "article": article,
        }
        yield Found(Kind.LICENCE_BEYOND, term, mark, row, facts=facts)


def latest_end(today: date) -> date:
    """A day after which no term's renewal window is open today; for narrowing alone."""
    months = int(law.on("trademarks", "renewal_window", today).amount)
    return months_later(today, months) + ONE_DAY
