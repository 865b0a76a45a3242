"""The law and the programme as data: effective-dated tables with their source articles."""

from zhixing.engines.clocks import Deadline, Stop
from zhixing.law.acts import ActKind, ActRule, Acts, ChecklistItem, acts
from zhixing.law.clocks import Event, clock, day_of, deadline, why
from zhixing.law.dossiers import DossierKind, dossier_kind, dossier_kinds
from zhixing.law.errors import LawError
from zhixing.law.media_ladder import Ladder, LadderStep, Line, Trade, media_ladder
from zhixing.law.procedure import OfficialForm, ProcedureStep, official_forms, procedure
from zhixing.law.programme import Programme, programme, programme_names
from zhixing.law.schema import Citation
from zhixing.law.tables import cite, instruments, on, table, table_names

__all__ = [
    "ActKind",
    "ActRule",
    "Acts",
    "ChecklistItem",
    "Citation",
    "Deadline",
    "DossierKind",
    "Event",
    "Ladder",
    "LadderStep",
    "LawError",
    "Line",
    "OfficialForm",
    "ProcedureStep",
    "Programme",
    "Stop",
    "Trade",
    "acts",
    "cite",
    "clock",
    "day_of",
    "deadline",
    "dossier_kind",
    "dossier_kinds",
    "instruments",
    "media_ladder",
    "official_forms",
    "on",
    "procedure",
    "programme",
    "programme_names",
    "table",
    "table_names",
    "why",
]
