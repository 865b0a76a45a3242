"""What other apps may use of cases."""

from zhixing.apps.cases.actions.daily import start_daily
from zhixing.apps.cases.actions.keep_case import (
    add_evidence,
    appoint,
    end_stop,
    enter_payment,
    extend,
    keep_certificate,
    release,
    serve_document,
    settle_measure,
    stop_time,
    take_measure,
)
from zhixing.apps.cases.actions.open_case import change_case, open_case
from zhixing.apps.cases.actions.take_step import take_step
from zhixing.apps.cases.models import Case, CaseClock, CaseEvidence, CaseMeasure, CaseOfficer
from zhixing.apps.cases.selectors import cases_visible

__all__ = [
    "Case",
    "CaseClock",
    "CaseEvidence",
    "CaseMeasure",
    "CaseOfficer",
    "add_evidence",
    "appoint",
    "cases_visible",
    "change_case",
    "end_stop",
    "enter_payment",
    "extend",
    "keep_certificate",
    "open_case",
    "release",
    "serve_document",
    "settle_measure",
    "start_daily",
    "stop_time",
    "take_measure",
    "take_step",
]
