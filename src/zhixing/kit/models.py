"""The kit's own tables; each lives beside the code that looks after it."""

from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.files.models import EvidenceFile, EvidenceLink
from zhixing.kit.jobs.models import Job, Schedule
from zhixing.kit.papers.models import NumberBook, Paper, PaperVersion
from zhixing.kit.register.models import ColumnChoice, SavedFilter

__all__ = [
    "ColumnChoice",
    "EvidenceFile",
    "EvidenceLink",
    "ImportRun",
    "Job",
    "NumberBook",
    "Paper",
    "PaperVersion",
    "SavedFilter",
    "Schedule",
]
