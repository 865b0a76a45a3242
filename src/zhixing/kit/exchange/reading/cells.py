"""How a spreadsheet's numbers and dates become text, the same in every format."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from zhixing.kit.exchange.reading.source import Fault

# A spreadsheet keeps 15 significant digits; a code of 16 or more typed as a number has lost some.
EXACT_DIGITS = 15
# Built-in formats that show dates or times (ECMA-376 part 1, 18.8.30; 27-36 and 50-58 in Chinese).
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_EPOCH = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)


def plain_number(text: str) -> str:
    """`45.0` → `45`, `1.1000000000000001` → `1.1`; a whole number shows no exponent."""
    number = float(text)
    if number.is_integer() and abs(number) < 10**20:
        return str(int(number))
    return repr(number)


def is_date_format(code: str) -> bool:
    """Whether a custom number format shows a date or time rather than a number."""
    bare = _NOT_CODE.sub("", code).lower()
    return bare != "general" and any(mark in bare for mark in "ymdhs年月日")


def serial_date(text: str, *, from_1904: bool) -> str:
    """A spreadsheet's day number as `2026-11-24`, with the time where it is not midnight."""
    days = float(text)
    # The first 60 days of 1900 count a 29 February that never was.
    shift = 1 if not from_1904 and days < 60 else 0
    whole, seconds = divmod(round((days + shift) * 86_400), 86_400)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days < 1:
        return time
    try:
        day = (_EPOCH_1904 if from_1904 else _EPOCH) + dt.timedelta(days=whole)
    except OverflowError:
        return plain_number(text)
    return f"{day.isoformat()} {time}" if seconds else day.isoformat()


def error_fault(row: int, column: str, value: str) -> Fault:
    return Fault(
        row,
        column,
        value,
        _("a value"),
        _("The formula in this cell fails; type the value itself."),
    )


def lost_digits_fault(row: int, column: str, value: str) -> Fault:
    return Fault(
        row,
        column,
        value,
        _("at most %(count)s digits, or a code typed as text") % {"count": EXACT_DIGITS},
        _("The spreadsheet kept only 15 digits; format the column as text, type it anew."),
    )
