"""The working-day calendar of offices, and counting with it."""

from zhixing.law.calendar.days import Calendar, Day, current, is_working_day
from zhixing.law.calendar.working_days import (
    Deadline,
    Excluded,
    add_calendar_days,
    add_months,
    add_working_days,
)

__all__ = [
    "Calendar",
    "Day",
    "Deadline",
    "Excluded",
    "add_calendar_days",
    "add_months",
    "add_working_days",
    "current",
    "is_working_day",
]
