"""What other apps may use of the brand guard."""

from zhixing.apps.brands.actions.judge_names import judge_names
from zhixing.apps.brands.actions.keep_sightings import change_sighting, record_sighting
from zhixing.apps.brands.actions.keep_watch_list import (
    add_watched_mark,
    change_watched_mark,
    take_over_marks,
)
from zhixing.apps.brands.actions.record_findings import MONITOR
from zhixing.apps.brands.actions.schedule_sweeps import schedule_sweeps
from zhixing.apps.brands.actions.sweep_names import start_sweep
from zhixing.apps.brands.models import Hit, NameKind, Sighting, Sweep, WatchedMark
from zhixing.apps.brands.selectors import hits_visible, sightings_visible

__all__ = [
    "MONITOR",
    "Hit",
    "NameKind",
    "Sighting",
    "Sweep",
    "WatchedMark",
    "add_watched_mark",
    "change_sighting",
    "change_watched_mark",
    "hits_visible",
    "judge_names",
    "record_sighting",
    "schedule_sweeps",
    "sightings_visible",
    "start_sweep",
    "take_over_marks",
]
