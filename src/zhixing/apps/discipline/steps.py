"""The steps of measures, of advertisements sent on, of monthly papers and of the training list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.discipline import forms
from zhixing.apps.discipline.actions import (
    make_bulletins,
    send_dispatch,
    step_sanction,
    train_advertisers,
)
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, TrainingCall
from zhixing.apps.media.api import Medium
from zhixing.kit.actors import Actor
from zhixing.kit.register.steps import Step

IsOpen = Callable[[Actor, Any], bool]


def _measure(code: str) -> IsOpen:
    """State and ladder allow the deed, and the actor holds its permission."""

    def is_open(actor: Actor, sanction: Sanction) -> bool:
        rule = step_sanction.DEEDS[code]
        return step_sanction.is_open(sanction, code) and actor.has_perm(rule.perm, sanction)

    return is_open


def _decides(code: str) -> IsOpen:
    """The same, by another than whoever prepared it."""

    def is_open(actor: Actor, sanction: Sanction) -> bool:
        prepared = (sanction.handler_id, sanction.proposed_by_id)
        return _measure(code)(actor, sanction) and actor.actor_id not in prepared

    return is_open


def _may_set_status(actor: Actor, sanction: Sanction) -> bool:
    wanted = step_sanction.STATUS.get(sanction.step)
    return (
        wanted is not None
        and sanction.state == Sanction.State.ISSUED
        and sanction.authority_answer == Sanction.Answer.TAKEN
        and sanction.medium.status not in (wanted, Medium.Status.CLOSED)
        and actor.has_perm("media.set_status", sanction.medium)
    )


SANCTION_STEPS = (
    Step(
        "notice", _("Give notice"), forms.NoticeForm, step_sanction.give_notice,
        _measure("notice"), _("The notice is issued; the time to reply runs."), "primary",
    ),
    Step(
        "reply", _("Enter the reply"), forms.ReplyForm, step_sanction.record_reply,
        _measure("reply"), _("The reply is in the file."),
    ),
    Step(
        "submit", _("Put before the leader"), forms.OpinionForm, step_sanction.submit,
        _measure("submit"), _("It lies before the leader."), "primary",
    ),
    Step(
        "approve", _("Approve"), forms.ApproveForm, step_sanction.approve, _decides("approve"),
        _("Approved; it can be issued."), "primary",
    ),
    Step(
        "refuse", _("Refuse"), forms.ReasonStep, step_sanction.refuse, _decides("refuse"),
        _("Refused; the reason is in the file."),
    ),
    Step(
        "issue", _("Issue"), forms.IssueForm, step_sanction.issue, _measure("issue"),
        _("Issued and numbered."), "primary",
    ),
    Step(
        "tell", _("Authority was told"), forms.TellForm, step_sanction.tell_authority,
        _measure("tell"), _("It is in the file that the authority was told."), "primary",
    ),
    Step(
        "answer", _("Enter the authority's answer"), forms.AnswerForm,
        step_sanction.record_answer, _measure("answer"), _("The answer is in the file."),
    ),
    Step(
        "status", _("Show it in the register of media"), forms.NothingStep,
        step_sanction.set_status, _may_set_status, _("The status of the medium is set."),
    ),
    Step(
        "publish", _("Enter the publication"), forms.PublishForm, step_sanction.publish,
        _measure("publish"), _("The publication is in the file."),
    ),
    Step(
        "rectified", _("Enter what was put right"), forms.RectifiedForm,
        step_sanction.record_rectified, _measure("rectified"), _("It is in the file."),
    ),
    Step(
        "lift", _("Lift the measure"), forms.ReasonStep, step_sanction.lift, _measure("lift"),
        _("The measure is lifted; it stays in the history."),
    ),
    Step(
        "drop", _("Drop the proposal"), forms.ReasonStep, step_sanction.drop, _measure("drop"),
        _("Dropped; the reason is in the file."),
    ),
)  # fmt: skip


def _dispatch(perm: str, *states: str) -> IsOpen:
    def is_open(actor: Actor, dispatch: Dispatch) -> bool:
        return dispatch.state in states and actor.has_perm(perm, dispatch)

    return is_open


RECEIVER, SENDER = "discipline.answer_dispatch", "discipline.change_dispatch"

DISPATCH_STEPS = (
    Step(
        "accept", _("Acknowledge"), forms.NothingStep, send_dispatch.accept,
        _dispatch(RECEIVER, "sent"), _("Acknowledged; the working days run."), "primary",
    ),
    Step(
        "answer", _("Enter the feedback"), forms.FeedbackForm, send_dispatch.answer,
        _dispatch(RECEIVER, "accepted"), _("The feedback is in the file."), "primary",
    ),
    Step(
        "return", _("Return: not competent"), forms.ReasonStep, send_dispatch.send_back,
        _dispatch(RECEIVER, "sent", "accepted"), _("Returned to the sender."),
    ),
    Step(
        "withdraw", _("Withdraw"), forms.ReasonStep, send_dispatch.withdraw,
        _dispatch(SENDER, "sent", "accepted"), _("Withdrawn."),
    ),
)  # fmt: skip


def _is_draft(actor: Actor, bulletin: Bulletin) -> bool:
    return not bulletin.is_issued and actor.has_perm("discipline.change_bulletin", bulletin)


BULLETIN_STEPS = (
    Step(
        "count", _("Count anew"), forms.NothingStep, make_bulletins.count_anew, _is_draft,
        _("Counted anew; the draft follows the figures."),
    ),
    Step(
        "issue", _("Issue"), forms.NothingStep, make_bulletins.issue, _is_draft,
        _("Issued and numbered; the figures stay as they are."),
    ),
)  # fmt: skip


def _call(*states: str) -> IsOpen:
    def is_open(actor: Actor, call: TrainingCall) -> bool:
        return call.state in states and actor.has_perm("discipline.change_trainingcall", call)

    return is_open


CALL_STEPS = (
    Step(
        "invite", _("Invite to a session"), forms.InviteForm, train_advertisers.invite,
        _call("listed", "invited"), _("Invited."), "primary",
    ),
    Step(
        "attendance", _("Enter attendance"), forms.AttendanceForm,
        train_advertisers.record_attendance, _call("invited"), _("Entered."),
    ),
    Step(
        "excuse", _("Take off the list"), forms.ReasonStep, train_advertisers.excuse,
        _call("listed", "invited"), _("Taken off the list."),
    ),
)  # fmt: skip
