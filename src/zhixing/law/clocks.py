"""Statutory clocks: from the code of a period and its trigger to the day it is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from zhixing.law.calendar.working_days import (
    Deadline,
    add_calendar_days,
    add_months,
    add_working_days,
)
from zhixing.law.errors import ExtensionRefused, TableInvalid, TriggerUnusable
from zhixing.law.schema import Clock
from zhixing.law.tables import on

TABLE = "clocks"
# Offices count days by Beijing time, which has no summer time.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def clock(code: str, day: date) -> Clock:
    """The statutory period `code` as in force on the day of its trigger.

    Raises:
        UnknownCode, NotInForce: see `tables.Table.on`.
    """
    row = on(TABLE, code, day)
    if not isinstance(row, Clock):
        raise TableInvalid(f"{TABLE}: {code} is not a clock")
    return row


def deadline(code: str, trigger: date | datetime, extensions: int = 0) -> Deadline:
    """When the period `code` that `trigger` starts comes to its end.

    The period and its extensions, of which `extensions` were granted, are counted through as one;
    the law in force on the day of the trigger decides.

    Args:
        code: a code of `clocks.toml`, such as `lead_check`.
        trigger: the day of the event; a period in hours needs the aware instant.
        extensions: how many extensions were granted.

    Raises:
        UnknownCode, NotInForce: there is no such period on that day.
        ExtensionRefused: more extensions than the law grants, or of a length it does not fix.
        TriggerUnusable: an instant without time zone, or a day where a period counts hours.
    """
    day = _day(trigger)
    row = clock(code, day)
    amount = int(row.amount) + _extra(row, extensions)
    match row.unit:
        case "hour":
            if not isinstance(trigger, datetime):
                raise TriggerUnusable(f"{code} counts hours: it needs date and time; got {trigger}")
            return Deadline(trigger + timedelta(hours=amount), False, (), ())
        case "working_day":
            return add_working_days(day, amount)
        case "calendar_day":
            return add_calendar_days(day, amount, rolls=row.rolls)
        case _:
            months = amount * 12 if row.unit == "year" else amount
            return add_months(day, months, rolls=row.rolls)


def _day(trigger: date | datetime) -> date:
    if not isinstance(trigger, datetime):
        return trigger
    if trigger.tzinfo is None:
        raise TriggerUnusable(f"expected an instant with its time zone; got {trigger}")
    return trigger.astimezone(BEIJING).date()


def _extra(row: Clock, extensions: int) -> int:
    if extensions == 0:
        return 0
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
    return row.extension.amount * extensions
