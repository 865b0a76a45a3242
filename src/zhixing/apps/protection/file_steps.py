"""The steps of infringement files, transfers and requests for assistance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection import forms
from zhixing.apps.protection.actions import ask_assistance, keep_files, transfer_crime
from zhixing.apps.protection.models import AssistanceRequest, CrimeTransfer, InfringementFile
from zhixing.kit.actors import Actor
from zhixing.kit.register.steps import Step

IsOpen = Callable[[Actor, Any], bool]


def _file(code: str) -> IsOpen:
    """The state of the file allows the deed, and the actor works on it."""

    def is_open(actor: Actor, file: InfringementFile) -> bool:
        return keep_files.may_step(file, code) and actor.has_perm(
            "protection.change_infringementfile", file
        )

    return is_open


def _facts_open(actor: Actor, file: InfringementFile) -> bool:
    return file.is_open and actor.has_perm("protection.change_infringementfile", file)


def _may_report(actor: Actor, file: InfringementFile) -> bool:
    return (
        file.state != InfringementFile.State.CLOSED
        and actor.has_perm("protection.add_crimetransfer", file)
        and not file.transfers.filter(state__in=transfer_crime.UNDER_WAY).exists()
    )


FILE_STEPS = (
    Step(
        "fact", _("Enter an amount found"), forms.FactForm, keep_files.enter_fact, _facts_open,
        _("Entered, and compared anew with the thresholds."),
    ),
    Step(
        "investigated", _("Finish the investigation"), forms.FindingsForm,
        keep_files.finish_investigation, _file("infringement.investigate"),
        _("The investigation is finished."),
    ),
    Step(
        "decide", _("Write down the decision"), forms.DecisionForm, keep_files.decide_file,
        _file("infringement.decide"), _("The decision is in the file."),
    ),
    Step(
        "report", _("Report a suspected crime to the head"), forms.ReportForm,
        transfer_crime.report_transfer, _may_report,
        _("Reported; the head decides within three days."),
    ),
    Step(
        "suspend", _("Suspend"), forms.ReasonStep, keep_files.suspend_file,
        _file("infringement.suspend"), _("The file is suspended."),
    ),
    Step(
        "resume", _("Go on"), forms.ReasonStep, keep_files.resume_file,
        _file("infringement.resume"), _("The file goes on."),
    ),
    Step(
        "close", _("Close the file"), forms.NothingStep, keep_files.close_file,
        _file("infringement.close"), _("The file is closed."),
    ),
)  # fmt: skip


def _transfer(perm: str, *states: str) -> IsOpen:
    def is_open(actor: Actor, transfer: CrimeTransfer) -> bool:
        return transfer.state in states and actor.has_perm(perm, transfer)

    return is_open


def _is_unfinished(actor: Actor, transfer: CrimeTransfer) -> bool:
    answered = _transfer("protection.change_crimetransfer", "filed", "not_filed")
    return transfer.due_at is not None and answered(actor, transfer)


TRANSFER_STEPS = (
    Step(
        "approve", _("Approve the transfer"), forms.NothingStep, transfer_crime.approve_transfer,
        _transfer("protection.approve_crimetransfer", "reported"),
        _("Approved; hand it over within 24 hours."), "primary",
    ),
    Step(
        "refuse", _("Refuse the transfer"), forms.ReasonStep, transfer_crime.refuse_transfer,
        _transfer("protection.approve_crimetransfer", "reported"),
        _("Refused; the reason is in the file."),
    ),
    Step(
        "hand-over", _("Handed over to the police"), forms.HandOverForm, transfer_crime.hand_over,
        _transfer("protection.change_crimetransfer", "approved"),
        _("Handed over; the police answer within three days."), "primary",
    ),
    Step(
        "answer", _("Enter the answer of the police"), forms.AnswerOfPoliceForm,
        transfer_crime.record_answer,
        _transfer("protection.change_crimetransfer", "handed_over"),
        _("The answer is in the file."), "primary",
    ),
    Step(
        "finish", _("Finish the transfer"), forms.NoteForm, transfer_crime.finish_transfer,
        _is_unfinished, _("Nothing more is due on this transfer."), "primary",
    ),
)  # fmt: skip


def _waits(actor: Actor, request: AssistanceRequest) -> bool:
    return request.state == AssistanceRequest.State.OPEN and actor.has_perm(
        "protection.change_assistancerequest", request
    )


ASSISTANCE_STEPS = (
    Step(
        "answer", _("Enter the answer"), forms.AnswerForm, ask_assistance.answer_request, _waits,
        _("The answer is in the file."), "primary",
    ),
    Step(
        "delay", _("Announce a delay"), forms.DelayForm, ask_assistance.announce_delay, _waits,
        _("The later day counts from now on."),
    ),
    Step(
        "withdraw", _("Withdraw the request"), forms.ReasonStep, ask_assistance.withdraw_request,
        _waits, _("The request is withdrawn."),
    ),
)  # fmt: skip
