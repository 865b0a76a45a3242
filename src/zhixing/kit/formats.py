"""Figures and dates in the words officers read; pages, exports and messages share them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NOTHING = "–"


def percent(value: float | None, digits: int = 1) -> str:
    """A share in [0, 1] as a percentage; a dash when there is none."""
    return NOTHING if value is None else f"{value * 100:.{digits}f}%"


def number(value: float | None, digits: int = 0) -> str:
    """A figure with separators and a fixed number of decimals; a dash when there is none."""
    return NOTHING if value is None else f"{value:,.{digits}f}"


def share(
    value: float | None,
    numerator: int | None = None,
    denominator: int | None = None,
    interval: tuple[float, float] | None = None,
) -> str:
    """A share with what it was made of: `97.2%(583/600,95% 区间 95.5–98.3)`.

    Args:
        value: in [0, 1]; None is shown as a dash.
        numerator, denominator: the counts behind it.
        interval: the 95 % interval, in [0, 1].
    """
    basis = ""
    if numerator is not None and denominator is not None:
        basis = f"{numerator}/{denominator}"
    if interval is not None:
        low, high = (f"{bound * 100:.1f}" for bound in interval)
        values = {"counts": basis, "low": low, "high": high}
        with_counts = _("%(counts)s, 95%% interval %(low)s–%(high)s")
        alone = _("95%% interval %(low)s–%(high)s")
        basis = (with_counts if basis else alone) % values
    if not basis:
        return percent(value)
    return _("%(share)s (%(basis)s)") % {"share": percent(value), "basis": basis}


def weekday(on: date) -> str:
    """The short name of the day of the week."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[on.weekday()]


def day(on: date | datetime | None) -> str:
    """A date with its day of the week: `2026年11月23日(周一)`; an instant in local time."""
    if on is None:
        return NOTHING
    if isinstance(on, datetime):
        on = timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    values = {"year": on.year, "month": on.month, "day": on.day, "weekday": weekday(on)}
    return _("%(weekday)s %(day)s/%(month)s/%(year)s") % values


def moment(at: datetime | None) -> str:
    """An instant to the minute, in local time: `2026年11月23日(周一)17:00`."""
    if at is None:
        return NOTHING
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return _("%(day)s %(time)s") % {"day": day(local.date()), "time": f"{local:%H:%M}"}


def time_left(
    due: date | datetime, now: datetime | None = None, working_days: int | None = None
) -> str:
    """What is left until a deadline, or how long it has passed.

    Args:
        due: the last day, or the instant by which.
        now: the present; the clock's when None.
        working_days: working days left as a clock counted them; calendar days are shown when None.
    """
    local = timezone.localtime(now)
    last = timezone.localtime(due).date() if isinstance(due, datetime) else due
    days = (last - local.date()).days
    if days < 0 or (isinstance(due, datetime) and due < local):
        if days == 0:
            return _("passed today")
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        if isinstance(due, datetime):
            return _("today before %(time)s") % {"time": f"{timezone.localtime(due):%H:%M}"}
        return _("today")
    if working_days is not None:
        return ngettext("%(days)s working day left", "%(days)s working days left", working_days) % {
            "days": working_days
        }
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def file_size(octets: int) -> str:
    """A size in the largest unit that keeps it at one or more."""
    size = float(octets)
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"
