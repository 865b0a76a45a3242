"""The steps offered on the page of a case: those of the law table, and the other deeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.cases import forms
from zhixing.apps.cases.actions import keep_case
from zhixing.apps.cases.actions.take_step import may_take, take_step
from zhixing.apps.cases.models import Case, CaseClock
from zhixing.kit.actors import Actor
from zhixing.kit.acts import in_language
from zhixing.kit.register.steps import Step

SERVICE = ("manner", "receiver")
_title = lazy(in_language, str)


def _procedure_step(row: law.ProcedureStep) -> Step:
    def run(actor: Actor, case: Case, **values: Any) -> Case:
        service = {name: values.pop(name) for name in SERVICE if name in values}
        if row.code == "decide":
            values["decision"] = Case.Decision.PENALTY
        if row.code == "hear":
            values["answer"] = Case.Answer.HEARING
        return take_step(actor, case, row.code, service=service, **values)

    return Step(
        row.code.replace("_", "-"),
        _title(row, "title"),
        forms.STEP_FORMS.get(row.code, forms.ProcedureForm),
        run,
        lambda actor, case: may_take(actor, case, row),
        _("Done; the file shows the step."),
    )


def _works(
    holds: Callable[[Case], bool] = lambda case: True, perm: str = "cases.change_case"
) -> Any:
    def is_open(actor: Actor, case: Case) -> bool:
        return case.is_open and actor.has_perm(perm, case) and holds(case)

    return is_open


def _extend(actor: Any, case: Case, *, clock: str, **values: Any) -> CaseClock:
    return keep_case.extend(actor, case.clocks.get(pk=clock), **values)


def _settle(actor: Actor, case: Case, *, measure: Any, **values: Any) -> Any:
    return keep_case.settle_measure(actor, measure, **values)


DEEDS = (
    Step(
        "appoint", _("Appoint an officer"), forms.AppointForm, keep_case.appoint, _works(),
        _("Appointed."),
    ),
    Step(
        "release", _("Release an officer"), forms.ReleaseForm, keep_case.release, _works(),
        _("Released."),
    ),
    Step(
        "measure", _("Seal, detain or preserve goods"), forms.MeasureForm, keep_case.take_measure,
        _works(lambda case: case.decided_on is None), _("Held; its clock is in the file."),
    ),
    Step(
        "settle", _("Settle a measure"), forms.SettleForm, _settle,
        _works(lambda case: case.measures.filter(settled_on=None).exists()), _("Settled."),
    ),
    Step(
        "stop", _("Time that is not counted"), forms.StopForm, keep_case.stop_time,
        _works(lambda case: case.decided_on is None), _("The clocks were counted anew."),
    ),
    Step(
        "end-stop", _("End time that is not counted"), forms.EndStopForm, keep_case.end_stop,
        _works(
            lambda case: case.stops.filter(last=None)
            .exclude(kind__in=("suspension", "hearing"))
            .exists()
        ),
        _("The clocks were counted anew."),
    ),
    Step(
        "extend", _("Extend a clock"), forms.ExtendForm, _extend,
        _works(lambda case: case.clocks.filter(met_on=None).exists(), "cases.head_case"),
        _("Extended; the clock was counted anew."),
    ),
    Step(
        "document", _("A document was served"), forms.DocumentForm, keep_case.serve_document,
        _works(), _("The service is in the file."),
    ),
    Step(
        "payment", _("Enter a payment"), forms.PaymentForm, keep_case.enter_payment,
        _works(lambda case: case.decided_on is not None), _("The payment is in the file."),
    ),
)  # fmt: skip


def case_steps() -> tuple[Step, ...]:
    """All steps of a case, those of the procedure first."""
    return (*(_procedure_step(row) for row in law.procedure().steps.values()), *DEEDS)
