"""The law and the programme as data: effective-dated tables with their source articles."""

from zhixing.law.acts import ActKind, ActRule, Acts, ChecklistItem, acts
from zhixing.law.calendar.working_days import Deadline
from zhixing.law.clocks import clock, deadline
from zhixing.law.dossiers import DossierKind, dossier_kind, dossier_kinds
from zhixing.law.errors import LawError
from zhixing.law.programme import Programme, programme, programme_names
from zhixing.law.tables import cite, instruments, on, table, table_names

__all__ = [
    "ActKind",
    "ActRule",
    "Acts",
    "ChecklistItem",
    "Deadline",
    "DossierKind",
    "LawError",
    "Programme",
    "acts",
    "cite",
    "clock",
    "deadline",
    "dossier_kind",
    "dossier_kinds",
    "instruments",
    "on",
    "programme",
    "programme_names",
    "table",
    "table_names",
]
