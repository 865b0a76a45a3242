"""The days of a mark's life by the law in force, each with its article.

A term of ten years begins on the day of registration itself and ends on the day before the same
day of its last month; where that month has no such day, on its last day. Other periods leave the
first day out and give way to days of rest (`law.deadline`). The rule on the first day stands in
the Implementing Regulation, art 12, and is known from memory.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from zhixing import law
from zhixing.law.schema import Provision

ONE_DAY = timedelta(days=1)
WINDOW = ("trademarks", "renewal_window")
# Terms that ended before the first text of the tables are read by that text: all that follows
# from them today is that they are long over.
FIRST_TEXT = date(2014, 5, 1)


@dataclass(frozen=True, slots=True)
class Term:
    """A day that the law sets: which, by what row, from what event."""

    code: str
    row: Provision
    start: date
    due: date
    provisional: bool = False

    @property
    def article(self) -> str:
        """The article as files cite it."""
        return law.cite(self.row.articles[0])


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_day_of(start: date, months: int) -> date:
    """The last day of a term that begins on `start` itself."""
    end = months_later(start, months)
    return end if end.day < start.day else end - ONE_DAY


def validity(registered: date) -> Term:
    """The last day of the term of a mark registered on the day.

    Raises:
        NotInForce: the law table reaches less far back.
    """
    row = law.clock("tm_validity", registered)
    return Term(row.code, row, registered, last_day_of(registered, 12 * int(row.amount)))


def renewed_until(expires: date) -> Term:
    """The last day of the term that follows one ending on the day."""
    return validity(expires + ONE_DAY)


def renewal_opens(expires: date) -> Term:
    """The first day on which a renewal may be asked for."""
    row = law.on(*WINDOW, max(expires, FIRST_TEXT))
    return Term(row.code, row, expires, months_later(expires + ONE_DAY, -int(row.amount)))


def grace_ends(expires: date) -> Term:
    """The last day of the grace after the term."""
    row = law.clock("tm_renewal_grace", max(expires, FIRST_TEXT))
    if expires < FIRST_TEXT:
        return Term(row.code, row, expires, months_later(expires, int(row.amount)))
    end = law.deadline("tm_renewal_grace", expires)
    return Term(row.code, row, expires, _day(end), end.provisional)


def clock_term(code: str, start: date) -> Term:
    """The end of any statutory period that starts on the day."""
    row = law.clock(code, start)
    end = law.deadline(code, start)
    return Term(code, row, start, _day(end), end.provisional)


def unused_since(used: date, today: date) -> Term:
    """The day from which anybody may ask for cancellation of a mark last used on `used`.

    The text in force today decides: it is today that somebody could ask.
    """
    row = law.clock("tm_non_use", today)
    return Term(row.code, row, used, months_later(used, 12 * int(row.amount)))


def _day(end: law.Deadline) -> date:
    due = end.due
    return date(due.year, due.month, due.day)
