"""Statutory clocks: from the code of a period and its trigger to the day it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import cast

from zhixing.engines.clocks import Deadline, StillStopped, Stop, account, account_hours
from zhixing.engines.clocks import why as say_why
from zhixing.engines.clocks.account import Unit
from zhixing.law.calendar import current
from zhixing.law.errors import ClockStopped, ExtensionRefused, TableInvalid, TriggerUnusable
from zhixing.law.schema import Clock
from zhixing.law.tables import cite, on

TABLE = "clocks"
# Offices count days by Beijing time, which has no summer time.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Event:
    """One clock that runs: its code, its trigger, and what has happened to it since.

    Attributes:
        code: a code of `clocks.toml`, such as `lead_check`.
        trigger: the day of the event; a period in hours needs the aware instant.
        stops: days that do not count.
        extensions: how many extensions were granted.
        region: division code of the office, for local holidays.
    """

    code: str
    trigger: date | datetime
    stops: tuple[Stop, ...] = ()
    extensions: int = 0
    region: str = ""


def clock(code: str, day: date) -> Clock:
    """The statutory period `code` as in force on the day of its trigger.

    Raises:
        UnknownCode, NotInForce: see `tables.Table.on`.
    """
    row = on(TABLE, code, day)
    if not isinstance(row, Clock):
        raise TableInvalid(f"{TABLE}: {code} is not a clock")
    return row


def deadline(
    code: str,
    trigger: date | datetime,
    extensions: int = 0,
    stops: Sequence[Stop] = (),
    region: str = "",
) -> Deadline:
    """When the period `code` that `trigger` starts comes to its end.

    The period and its extensions are counted through as one, without the days of the stops; the
    law in force on the day of the trigger decides. For the arguments see `Event`.

    Raises:
        UnknownCode, NotInForce: there is no such period on that day.
        ExtensionRefused: more extensions than the law grants, or of a length it does not fix.
        TriggerUnusable: an instant without time zone, or a day where a period counts hours.
        ClockStopped: a stop without end holds it up.
        ValueError: a stop ends before it begins.
    """
    row = clock(code, day_of(trigger))
    amount = length(row, extensions)
    try:
        if row.unit == "hour":
            if not isinstance(trigger, datetime):
                raise TriggerUnusable(f"{code} counts hours: it needs date and time; got {trigger}")
            return account_hours(trigger.astimezone(BEIJING), amount, stops)
        return account(
            current(region),
            day_of(trigger),
            amount,
            cast("Unit", row.unit),
            rolls=row.rolls,
            stops=stops,
        )
    except StillStopped as error:
        raise ClockStopped(f"{code}: {error}") from error


def why(event: Event) -> str:
    """Why the date is the date: each day counted, not counted and rolled, and the article.

    Raises:
        As `deadline`.
    """
    found = deadline(event.code, event.trigger, event.extensions, event.stops, event.region)
    row = clock(event.code, day_of(event.trigger))
    start = event.trigger
    if row.unit != "hour":
        start = day_of(start)
    elif isinstance(start, datetime):
        start = start.astimezone(BEIJING)
    said = say_why(found, start, length(row, event.extensions), row.unit, cited(row))
    if event.extensions and row.extension is not None:
        said += f"(含延长{event.extensions}次,须经{row.extension.approval_zh})"
    return said if row.is_verified else said + "(条文未经核对)"


def cited(row: Clock) -> str:
    """The articles as Chinese files write them."""
    return "、".join(cite(article) for article in row.articles)


def day_of(trigger: date | datetime) -> date:
    """The day of a trigger by Beijing time.

    Raises:
        TriggerUnusable: an instant without time zone.
    """
    if not isinstance(trigger, datetime):
        return trigger
    if trigger.tzinfo is None:
        raise TriggerUnusable(f"expected an instant with its time zone; got {trigger}")
    return trigger.astimezone(BEIJING).date()


def length(row: Clock, extensions: int) -> int:
    """How many of its unit a period has with the extensions that were granted.

    Raises:
        ExtensionRefused: see `deadline`.
    """
    if extensions == 0:
        return int(row.amount)
    allowed = row.extension.times if row.extension else 0
    if not 0 <= extensions <= allowed:
        raise ExtensionRefused(
            f"{row.code}: the law grants {allowed} extension(s) ({row.article}); got {extensions}"
        )
    if row.extension is None or row.extension.amount is None:
        raise ExtensionRefused(
            f"{row.code}: the law fixes no length for the extension ({row.article});"
            " record the day that was approved"
        )
    return int(row.amount) + row.extension.amount * extensions
