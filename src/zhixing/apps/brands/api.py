"""What other apps may use of the brand guard."""

from zhixing.apps.brands.actions.keep_watch_list import add_watched_mark, change_watched_mark
from zhixing.apps.brands.actions.sweep_names import MONITOR, start_sweep
from zhixing.apps.brands.models import Sweep, WatchedMark

__all__ = [
    "MONITOR",
    "Sweep",
    "WatchedMark",
    "add_watched_mark",
    "change_watched_mark",
    "start_sweep",
]
