"""Leads: what an engine or a person suspects, until an officer has decided."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Lead(Placed):
    """One suspicion about one subject from one monitor, with its reasons and its evidence."""

    class State(models.TextChoices):
        OPEN = "open", _("Unassigned")
        ASSIGNED = "assigned", _("Assigned")
        TAKEN = "taken", _("Being checked")
        DISPOSED = "disposed", _("Disposed")

    class Disposition(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CORRECTED = "corrected", _("Ordered to correct")
        REFERRED = "referred", _("Referred")
        DISMISSED = "dismissed", _("Dismissed")

    class Source(models.TextChoices):
        """Where a lead comes from that was entered by hand."""

        COMPLAINT = "complaint", _("Consumer's complaint")
        REPORT = "report", _("Report")
        HOLDER = "holder", _("Complaint of the right holder")
        OWN = "own", _("Own finding")
        TRANSFER = "transfer", _("Passed on by another authority")

    monitor = models.CharField(_("monitor"), max_length=40)
    clause = models.CharField(_("clause"), max_length=20)
    title = models.CharField(_("lead"), max_length=200)
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("subject"),
    )
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    # What kind of act is suspected, by code of `law.acts`; empty until somebody says.
    act_kind = models.CharField(_("kind of act"), max_length=30, blank=True)
    # The law of this day applies; without it that of the day the lead was found.
    acted_on = models.DateField(_("day of the act"), null=True, blank=True)
    # None for a lead entered by hand: nobody computed anything.
    score = models.FloatField(_("score"), null=True, blank=True)
    probability = models.FloatField(_("probability"), null=True, blank=True)
    # Ordered, strongest first; each a dict with code, text and what the evidence template needs.
    reasons = models.JSONField(_("reasons"), default=list)
    # What the page draws in place, by `evidence["template"]` of the monitor, e.g. two names.
    evidence = models.JSONField(_("evidence"), default=dict)
    method = models.CharField(_("method"), max_length=60)
    method_version = models.CharField(_("version"), max_length=20)
    dedup_key = models.CharField(_("key"), max_length=64, unique=True)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("officer"),
    )
    found_at = models.DateTimeField(_("found"))
    due_on = models.DateField(_("due"))
    due_is_provisional = models.BooleanField(_("due date provisional"), default=False)
    disposition = models.CharField(
        _("disposition"), max_length=10, choices=Disposition.choices, blank=True
    )
    disposition_reason = models.TextField(_("reason of disposition"), blank=True)
    disposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("disposed by"),
    )
    disposed_at = models.DateTimeField(_("disposed"), null=True, blank=True)

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = [models.F("probability").desc(nulls_first=True), "-pk"]
        indexes = [
            models.Index(fields=["state", "-probability", "-id"], name="lead_rank"),
            models.Index(fields=["assignee", "state", "due_on"], name="lead_desk"),
            models.Index(fields=["monitor", "method_version", "disposition"], name="lead_quality"),
            models.Index(fields=["disposed_at"], name="lead_disposed_at"),
            models.Index(fields=["-probability", "-id"], name="lead_probability_rank"),
            models.Index(fields=["due_on", "id"], name="lead_due"),
            models.Index(fields=["act_kind", "found_at"], name="lead_act_kind"),
            models.Index(fields=["found_at", "id"], name="lead_found"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="lead_probability"
            ),
            models.CheckConstraint(
                condition=(~Q(state="disposed") & Q(disposition=""))
                | (Q(state="disposed") & ~Q(disposition="") & Q(disposed_at__isnull=False)),
                name="lead_disposed_with_disposition",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("leads:lead", args=[self.pk])

    @property
    def first_reason(self) -> str:
        """The strongest reason, in one line."""
        return next((reason["text"] for reason in self.reasons if reason.get("text")), "")

    @property
    def law_day(self) -> date:
        """The day whose law applies: of the act where it is known, else of the finding."""
        return self.acted_on or timezone.localdate(self.found_at)

    @property
    def is_open(self) -> bool:
        return self.state != self.State.DISPOSED


class LeadAnswer(models.Model):
    """What an officer established on one item of the checklist of a lead's kind of act."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNCLEAR = "unclear", _("Cannot tell")

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="answers", verbose_name=_("lead"))
    act_kind = models.CharField(_("kind of act"), max_length=30)
    item = models.CharField(_("checklist item"), max_length=20)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "act_kind", "item"], name="lead_item_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_answer_display()}"
