"""Watch lists, names seen on the ground, sweeps, and what was found."""

from zhixing.apps.brands.models.hit import Hit, JudgedName
from zhixing.apps.brands.models.kinds import NameKind
from zhixing.apps.brands.models.sighting import Sighting
from zhixing.apps.brands.models.sweep import Sweep
from zhixing.apps.brands.models.watch import ListRevision, WatchedMark

__all__ = ["Hit", "JudgedName", "ListRevision", "NameKind", "Sighting", "Sweep", "WatchedMark"]
