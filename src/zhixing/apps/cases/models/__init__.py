"""A case and what hangs on it."""

from zhixing.apps.cases.models.case import Case
from zhixing.apps.cases.models.clock import CaseClock, CaseStop
from zhixing.apps.cases.models.evidence import CaseEvidence
from zhixing.apps.cases.models.history import CaseStep
from zhixing.apps.cases.models.measure import CaseMeasure, MeasureLine
from zhixing.apps.cases.models.money import CasePayment
from zhixing.apps.cases.models.people import CaseOfficer, Certificate
from zhixing.apps.cases.models.service import CaseService

__all__ = [
    "Case",
    "CaseClock",
    "CaseEvidence",
    "CaseMeasure",
    "CaseOfficer",
    "CasePayment",
    "CaseService",
    "CaseStep",
    "CaseStop",
    "Certificate",
    "MeasureLine",
]
