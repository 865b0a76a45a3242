"""The working-day calendar of offices: the State Council's lists, loaded."""

from zhixing.law.calendar.days import current, is_working_day

__all__ = ["current", "is_working_day"]
