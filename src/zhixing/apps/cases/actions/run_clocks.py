"""The clocks of a case: begun, met, stopped, and counted anew whenever something changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhixing import law
from zhixing.apps.cases.models import Case, CaseClock, CaseStop
from zhixing.law.errors import ClockStopped, NotInForce


def start(case: Case, code: str, day: date, about: str = "") -> CaseClock:
    """Begin a clock on a day; one of its kind that still runs is left behind as met that day."""
    if not about:
        meet(case, (code,), day)
    clock = CaseClock(case=case, code=code, trigger=day, about=about)
    _count(clock, list(case.stops.all()))
    clock.save()
    return clock


def meet(case: Case, codes: Iterable[str], day: date) -> None:
    """The clocks of these kinds that run are met."""
    CaseClock.objects.filter(case=case, code__in=list(codes), met_on=None).update(met_on=day)


def recount(case: Case) -> None:
    """Count every running clock anew, and what is due next in the case."""
    stops = list(case.stops.all())
    running = list(case.clocks.filter(met_on=None))
    for clock in running:
        _count(clock, stops)
    CaseClock.objects.bulk_update(running, ["due_on", "is_provisional"])
    first = min(
        (clock for clock in running if clock.due_on is not None),
        key=lambda clock: clock.due_on or date.max,
        default=None,
    )
    case.due_on = first.due_on if first else None
    case.due_clock = first.code if first else ""
    case.save(update_fields=["due_on", "due_clock"])


def event_of(clock: CaseClock, stops: Iterable[CaseStop]) -> law.Event:
    """The clock as the law counts it: only stops of the kinds that it excludes."""
    excluded = law.clock(clock.code, clock.trigger).excluded
    spans = tuple(law.Stop(stop.first, stop.last) for stop in stops if stop.kind in excluded)
    return law.Event(clock.code, clock.trigger, spans, clock.extensions)


def why(clock: CaseClock, stops: Iterable[CaseStop]) -> str:
    """Why the clock is due on its day, in one line."""
    try:
        said = law.why(event_of(clock, stops))
    except ClockStopped as error:
        return str(error)
    if clock.extended_to is not None:
        said += f";经批准延长至{clock.extended_to.isoformat()}:{clock.extended_for}"
    return said


def is_known(code: str, day: date) -> bool:
    """Whether the law has the clock on that day."""
    try:
        law.clock(code, day)
    except NotInForce:
        return False
    return True


def _count(clock: CaseClock, stops: list[CaseStop]) -> None:
    event = event_of(clock, stops)
    try:
        found = law.deadline(event.code, event.trigger, event.extensions, event.stops)
    except ClockStopped:
        clock.due_on, clock.is_provisional = None, False
        return
    due = law.day_of(found.due)
    clock.due_on = max(due, clock.extended_to) if clock.extended_to else due
    clock.is_provisional = found.provisional
