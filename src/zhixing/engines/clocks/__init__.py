"""Statutory periods: when they end, and why on that day.

Pure counting over a calendar that is passed in; the periods themselves and the announced holidays
are law (`zhixing.law`).
"""

from zhixing.engines.clocks.account import (
    Deadline,
    Excluded,
    Rolls,
    StillStopped,
    account,
    account_hours,
    same_day,
)
from zhixing.engines.clocks.calendar import Calendar, Day
from zhixing.engines.clocks.method import METHOD
from zhixing.engines.clocks.saying import why
from zhixing.engines.clocks.stops import Stop

__all__ = [
    "METHOD",
    "Calendar",
    "Day",
    "Deadline",
    "Excluded",
    "Rolls",
    "StillStopped",
    "Stop",
    "account",
    "account_hours",
    "same_day",
    "why",
]
