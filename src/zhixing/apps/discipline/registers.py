"""The registers of ad discipline, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.discipline import page, selectors, steps
from zhixing.apps.discipline.actions import make_bulletins, train_advertisers
from zhixing.apps.discipline.filters import (
    BulletinFilters,
    CallFilters,
    DispatchFilters,
    SanctionFilters,
    TrainingFilters,
)
from zhixing.apps.discipline.forms import BulletinForm, TrainingForm
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training, TrainingCall
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.register.columns import Rows
from zhixing.kit.register.steps import StepRegister
from zhixing.kit.scope import office_names

PART = "discipline/parts"
SANCTION_TONES = {
    "proposed": "accent", "noticed": "warn", "submitted": "warn", "approved": "warn",
    "refused": "neutral", "issued": "bad", "lifted": "good", "dropped": "neutral",
}  # fmt: skip
DISPATCH_TONES = {
    "sent": "warn", "accepted": "accent", "returned": "bad", "answered": "good",
    "withdrawn": "neutral",
}  # fmt: skip
CALL_TONES = {
    "listed": "warn", "invited": "accent", "attended": "good", "absent": "bad",
    "excused": "neutral",
}  # fmt: skip


def permissions(noun: str, *, may_change: bool = False) -> Permissions:
    """The permissions of one of the app's models."""
    return Permissions(
        view=f"discipline.view_{noun}",
        add=f"discipline.add_{noun}" if may_change else "",
        change=f"discipline.change_{noun}" if may_change else "",
        export=f"discipline.export_{noun}",
    )


class SanctionRegister(StepRegister):
    """Measures on media."""

    model = Sanction
    app_name, slug = "discipline", "sanctions"
    label, label_one = _("Measures on media"), _("Measure on a medium")
    permissions = permissions("sanction")
    selector = staticmethod(selectors.sanctions_visible)
    steps = steps.SANCTION_STEPS
    columns = (
        Column("title", _("Measure"), accessor="__str__", link=True),
        Column("state", _("State"), badge=SANCTION_TONES),
        Column("period_start", _("Period from")),
        Column("proposed_on", _("Proposed on"), sort="proposed_on"),
        Column("reply_due", _("Reply until")),
        Column("issued_on", _("Issued on"), sort="issued_on"),
        OFFICE,
        Column("handler", _("Officer"), shown=False),
        Column("decided_by", _("Leader who decided"), shown=False),
        Column("term_until", _("Until"), shown=False),
        Column("published_on", _("Published on"), shown=False),
        Column("lifted_on", _("Lifted on"), shown=False),
    )
    default_sort = "-proposed_on"
    filterset = SanctionFilters
    has_search = True
    search_hint = _("Name of the medium")
    empty_hint = _("No measure yet. On the page of the rates, hold a month against the ladder.")
    facts = (
        Facts(
            _("Measure"),
            (
                Column("step_title", _("Step")),
                Column("state", _("State"), badge=SANCTION_TONES),
                Column("period_start", _("Period from")),
                Column("period_end", _("Period until")),
                Column("grounds", _("Further grounds")),
                Column("handler", _("Officer")),
                Column("noticed_on", _("Notice of")),
                Column("reply_due", _("Reply until")),
                Column("replied_on", _("Reply of")),
                Column("reply", _("Reply of the medium")),
                Column("opinion", _("Opinion")),
                Column("decided_by", _("Leader who decided")),
                Column("decided_on", _("Decided on")),
                Column("refusal", _("Reason of the refusal")),
                Column("case_number", _("Case number")),
                Column("issued_on", _("Issued on")),
                Column("term_until", _("Until")),
                Column("authority", _("Authority told")),
                Column("authority_told_on", _("Told on")),
                Column("authority_answer", _("Answer of the authority")),
                Column("authority_answered_on", _("Answered on")),
                Column("publication_due", _("Publish until")),
                Column("published_on", _("Published on")),
                Column("published_at", _("Published at")),
                Column("rectified_on", _("Put right, found on")),
                Column("rectification", _("What was put right")),
                Column("lifted_on", _("Lifted on")),
                Column("ended_for", _("Why it was lifted or dropped")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(medium__name__contains=text.strip())

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "why", _("Why this step"), f"{PART}/reasons.html", page.reasons),
            Section(20, "law", _("The step in today's law"), f"{PART}/rung.html", page.rung),
            Section(30, "figures", _("Figures of the period"), f"{PART}/rates.html", page.frozen),
            Section(40, "history", _("Steps before"), f"{PART}/history.html", page.history),
            Section(50, "papers", _("Papers"), f"{PART}/papers.html", page.itself),
        )


def _receiver(rows: Rows) -> Mapping[Any, Any]:
    found: Any = rows
    names = office_names(row.to_path for row in found if row.to_path)
    return {row.pk: names.get(row.to_path) or row.to_bureau for row in found}


class DispatchRegister(StepRegister):
    """Suspected advertisements sent on."""

    model = Dispatch
    app_name, slug = "discipline", "dispatches"
    label, label_one = _("Suspected ads sent on"), _("Suspected ad sent on")
    permissions = permissions("dispatch")
    selector = staticmethod(selectors.dispatches_visible)
    steps = steps.DISPATCH_STEPS
    columns = (
        Column("ad", _("Advertisement"), link=True),
        OFFICE,
        Column("receiver", _("Receiver"), resolve=_receiver),
        Column("state", _("State"), badge=DISPATCH_TONES),
        Column("due_on", _("Due"), sort="due_on"),
        Column("sent_on", _("Sent on"), sort="sent_on"),
        Column("outcome", _("Outcome")),
        Column("was_late", _("Late")),
        Column("answered_on", _("Answered on"), shown=False),
    )
    default_sort = "due_on"
    filterset = DispatchFilters
    has_search = True
    search_hint = _("Words of the ad or of the suspicion")
    empty_hint = _("Nothing was sent on yet. Open an advertisement and send it on from its page.")
    facts = (
        Facts(
            _("Sent on"),
            (
                Column("state", _("State"), badge=DISPATCH_TONES),
                OFFICE,
                Column("receiver", _("Receiver"), resolve=_receiver),
                Column("matter", _("What is suspected")),
                Column("sent_by", _("Sent by")),
                Column("sent_on", _("Sent on")),
                Column("accepted_on", _("Acknowledged on")),
                Column("due_on", _("Due")),
                Column("outcome", _("Outcome")),
                Column("feedback", _("Feedback")),
                Column("answered_on", _("Answered on")),
                Column("was_late", _("Late")),
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        words = text.strip()
        return rows.filter(Q(ad__text__contains=words) | Q(matter__contains=words))

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "ad", _("Advertisement"), f"{PART}/dispatched.html", page.dispatched),
            Section(20, "papers", _("Papers"), f"{PART}/papers.html", page.itself),
        )


class BulletinRegister(StepRegister):
    """Monthly papers."""

    model = Bulletin
    app_name, slug = "discipline", "bulletins"
    label, label_one = _("Monthly papers"), _("Monthly paper")
    permissions = permissions("bulletin", may_change=True)
    selector = staticmethod(selectors.bulletins_visible)
    steps = steps.BULLETIN_STEPS
    form = BulletinForm
    create = staticmethod(make_bulletins.make_bulletin)
    update = staticmethod(make_bulletins.change_bulletin)
    columns = (
        Column("title", _("Monthly paper"), accessor="__str__", link=True),
        Column("month", _("Month"), sort="month"),
        Column("kind", _("Kind")),
        Column("is_issued", _("Issued")),
        OFFICE,
        Column("counted_at", _("Counted")),
    )
    default_sort = "-month"
    filterset = BulletinFilters
    empty_hint = _("No paper yet. “New” counts a month and makes the draft.")
    facts = (
        Facts(
            _("Monthly paper"),
            (
                Column("month", _("Month")),
                Column("kind", _("Kind")),
                Column("is_issued", _("Issued")),
                Column("counted_at", _("Counted")),
                Column("remarks", _("Remarks and requirements")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "figures", _("Figures of the month"), f"{PART}/month.html", page.month),
            Section(20, "papers", _("Papers"), f"{PART}/papers.html", page.itself),
        )


class TrainingRegister(Register):
    """Training sessions."""

    model = Training
    app_name, slug = "discipline", "trainings"
    label, label_one = _("Training sessions"), _("Training session")
    permissions = permissions("training", may_change=True)
    selector = staticmethod(selectors.trainings_visible)
    form = TrainingForm
    create = staticmethod(train_advertisers.plan_training)
    update = staticmethod(train_advertisers.change_training)
    columns = (
        Column("title", _("Training session"), accessor="__str__", link=True),
        Column("held_on", _("Day"), sort="held_on"),
        Column("place", _("Place")),
        Column("hours", _("Hours"), numeric=True),
        Column("is_held", _("Held")),
        OFFICE,
    )
    default_sort = "-held_on"
    filterset = TrainingFilters
    empty_hint = _("No session yet. Plan one, then invite advertisers from the training list.")
    facts = (
        Facts(
            _("Training session"),
            (
                Column("held_on", _("Day")),
                Column("place", _("Place")),
                Column("hours", _("Hours")),
                Column("is_held", _("Held")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (Section(10, "calls", _("Invited"), f"{PART}/calls.html", page.calls),)


class CallRegister(StepRegister):
    """The training list."""

    model = TrainingCall
    app_name, slug = "discipline", "calls"
    label, label_one = _("Training list"), _("Advertiser to be trained")
    permissions = permissions("trainingcall")
    selector = staticmethod(selectors.calls_visible)
    steps = steps.CALL_STEPS
    columns = (
        Column("name", _("Advertiser"), link=True),
        Column("ads", _("Unlawful ads"), numeric=True),
        Column("state", _("State"), badge=CALL_TONES),
        Column("listed_on", _("Listed on"), sort="listed_on"),
        Column("training", _("Training session")),
        OFFICE,
    )
    default_sort = "-listed_on"
    filterset = CallFilters
    has_search = True
    search_hint = _("Name of the advertiser")
    empty_hint = _("Nobody is on the list. On the page of the rates, bring it up to date.")
    facts = (
        Facts(
            _("Advertiser"),
            (
                Column("name", _("Advertiser")),
                Column("subject", _("In the register")),
                Column("why", _("Why it is listed")),
                Column("state", _("State"), badge=CALL_TONES),
                Column("training", _("Training session")),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(name__contains=text.strip())
