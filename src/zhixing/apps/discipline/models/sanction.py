"""One step of the ladder taken, or meant to be taken, on one medium."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.kit.scope import Placed


def _officer(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class Sanction(Placed):
    """From the proposal through notice, reply and approval to issue, publication and lifting."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        NOTICED = "noticed", _("Notice given")
        SUBMITTED = "submitted", _("Put before the leader")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Leader refused")
        ISSUED = "issued", _("Measure in force")
        LIFTED = "lifted", _("Lifted")
        DROPPED = "dropped", _("Dropped")

    class Answer(models.TextChoices):
        """What the competent authority made of the bureau's proposal."""

        TAKEN = "taken", _("Decision taken")
        DECLINED = "declined", _("Declined")

    UNDER_WAY = ("proposed", "noticed", "submitted", "approved")

    medium = models.ForeignKey(
        "media.Medium", models.PROTECT, related_name="sanctions", verbose_name=_("medium")
    )
    step = models.CharField(_("step"), max_length=20)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    # The month or other period whose figures it rests on, both days included.
    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    # The lines that were met, each with its figures, as they stood on the day of the proposal.
    reasons = models.JSONField(_("reasons"), default=list, editable=False)
    figures = models.JSONField(_("figures"), default=dict, editable=False)
    grounds = models.TextField(_("further grounds"), blank=True)
    # None: the system proposed it.
    proposed_by = _officer(_("proposed by"))
    proposed_on = models.DateField(_("proposed on"), editable=False)
    handler = _officer(_("officer"))
    noticed_on = models.DateField(_("notice of"), null=True, blank=True, editable=False)
    reply_due = models.DateField(_("reply until"), null=True, blank=True, editable=False)
    reply_due_is_provisional = models.BooleanField(default=False, editable=False)
    replied_on = models.DateField(_("reply of"), null=True, blank=True, editable=False)
    reply = models.TextField(_("reply of the medium"), blank=True, editable=False)
    opinion = models.TextField(_("opinion put before the leader"), blank=True, editable=False)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True, editable=False)
    decided_by = _officer(_("leader who decided"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    refusal = models.TextField(_("reason of the refusal"), blank=True, editable=False)
    case_number = models.CharField(_("case number"), max_length=60, blank=True, editable=False)
    issued_on = models.DateField(_("issued on"), null=True, blank=True, editable=False)
    # Until when the medium puts things right, or for how long advertising is suspended.
    term_until = models.DateField(_("until"), null=True, blank=True, editable=False)
    authority = models.CharField(_("authority told"), max_length=120, blank=True, editable=False)
    authority_told_on = models.DateField(
        _("authority told on"), null=True, blank=True, editable=False
    )
    authority_answer = models.CharField(
        _("answer of the authority"), max_length=10, choices=Answer.choices, blank=True,
        editable=False,
    )  # fmt: skip
    authority_answered_on = models.DateField(
        _("answered on"), null=True, blank=True, editable=False
    )
    publication_due = models.DateField(_("publish until"), null=True, blank=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    published_at = models.CharField(_("published at"), max_length=300, blank=True, editable=False)
    rectified_on = models.DateField(_("rectified on"), null=True, blank=True, editable=False)
    rectification = models.TextField(_("what was put right"), blank=True, editable=False)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True, editable=False)
    ended_for = models.TextField(_("why it was lifted or dropped"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("sanction on a medium")
        verbose_name_plural = _("sanctions on media")
        ordering = ["-proposed_on", "-pk"]
        indexes = [
            models.Index(fields=["proposed_on", "id"], name="sanction_proposed"),
            models.Index(fields=["issued_on", "id"], name="sanction_issued"),
            models.Index(fields=["medium", "step", "issued_on"], name="sanction_history"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["medium"],
                condition=Q(state__in=["proposed", "noticed", "submitted", "approved"]),
                name="sanction_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="sanction_period"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued", "lifted"])
                | (Q(decided_by__isnull=False) & Q(noticed_on__isnull=False)),
                name="sanction_with_due_process",
            ),
            # Nobody approves what he prepared.
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued", "lifted"])
                | ~Q(decided_by=F("handler")),
                name="sanction_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["lifted", "dropped"]) | ~Q(ended_for=""),
                name="sanction_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium} · {self.step_title}"

    def get_absolute_url(self) -> str:
        return reverse("discipline:sanctions-detail", args=[self.pk])

    @property
    def rung(self) -> law.LadderStep:
        """The step as the ladder had it on the day of the proposal."""
        return law.media_ladder().step_on(self.step, self.proposed_on)

    @property
    def step_title(self) -> str:
        """Name of the step; papers and lists are in Chinese."""
        return self.rung.title_zh

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither in force nor over."""
        return self.state in self.UNDER_WAY
