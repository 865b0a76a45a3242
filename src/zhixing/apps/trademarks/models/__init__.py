"""What the trade-mark services keep."""

from zhixing.apps.trademarks.models.check import UseCheck
from zhixing.apps.trademarks.models.cultivation import Cultivation
from zhixing.apps.trademarks.models.dossier import Dossier, DossierCriterion
from zhixing.apps.trademarks.models.reminder import Reminder
from zhixing.apps.trademarks.models.target import OfficeTarget
from zhixing.apps.trademarks.models.use import MarkUse

__all__ = [
    "Cultivation",
    "Dossier",
    "DossierCriterion",
    "MarkUse",
    "OfficeTarget",
    "Reminder",
    "UseCheck",
]
