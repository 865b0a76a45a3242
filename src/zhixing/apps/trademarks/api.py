"""What other apps may use of the trade-mark services."""

from zhixing.apps.trademarks.actions.file_licence import record_filing
from zhixing.apps.trademarks.actions.find_reminders import schedule_reminders, start_reminders
from zhixing.apps.trademarks.actions.handle_reminders import (
    record_renewal,
    record_use,
    tell_holder,
)
from zhixing.apps.trademarks.actions.keep_checks import add_check, change_check
from zhixing.apps.trademarks.actions.keep_cultivations import (
    add_cultivation,
    assign_help,
    change_cultivation,
)
from zhixing.apps.trademarks.actions.keep_dossiers import (
    begin_dossier,
    change_dossier,
    judge_criterion,
    take_dossier_step,
)
from zhixing.apps.trademarks.actions.keep_targets import change_target, set_target
from zhixing.apps.trademarks.actions.step_cultivation import take_step, take_step_back
from zhixing.apps.trademarks.models import (
    Cultivation,
    Dossier,
    DossierCriterion,
    MarkUse,
    OfficeTarget,
    Reminder,
    UseCheck,
)

__all__ = [
    "Cultivation",
    "Dossier",
    "DossierCriterion",
    "MarkUse",
    "OfficeTarget",
    "Reminder",
    "UseCheck",
    "add_check",
    "add_cultivation",
    "assign_help",
    "begin_dossier",
    "change_check",
    "change_cultivation",
    "change_dossier",
    "change_target",
    "judge_criterion",
    "record_filing",
    "record_renewal",
    "record_use",
    "schedule_reminders",
    "set_target",
    "start_reminders",
    "take_dossier_step",
    "take_step",
    "take_step_back",
    "tell_holder",
]
