"""The transfer of a suspected crime to the police, with its clocks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection.models.infringement import InfringementFile
from zhixing.kit.scope import Placed


class CrimeTransfer(Placed):
    """From the written report to the head until the police have answered (Order 310)."""

    class State(models.TextChoices):
        REPORTED = "reported", _("Reported to the head")
        REFUSED = "refused", _("Head refused")
        APPROVED = "approved", _("Approved, to be handed over")
        HANDED_OVER = "handed_over", _("Handed over")
        FILED = "filed", _("Police filed a case")
        NOT_FILED = "not_filed", _("Police did not file")

    file = models.ForeignKey(
        InfringementFile,
        models.PROTECT,
        related_name="transfers",
        verbose_name=_("infringement file"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.REPORTED
    )
    report = models.TextField(_("written report"))
    # The comparison with the thresholds as it stood on the day of the report.
    reasons = models.JSONField(_("reasons"), default=list)
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("officers of the team")
    )
    reported_at = models.DateTimeField(_("reported"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head who decided"),
    )
    refusal = models.TextField(_("reason of the refusal"), blank=True)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    police = models.CharField(_("police office"), max_length=120, blank=True)
    answered_on = models.DateField(_("answer of"), null=True, blank=True)
    answer = models.TextField(_("answer given"), blank=True)
    finish_note = models.TextField(_("what was done after the answer"), blank=True)
    # The moment by which the next step is due; none when nothing more is to be done.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    was_late = models.BooleanField(_("a step of the bureau was late"), default=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("crime transfer")
        verbose_name_plural = _("crime transfers")
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="transfer_due"),
            models.Index(fields=["reported_at", "id"], name="transfer_reported"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                name="transfer_one_under_way",
                condition=Q(state__in=["reported", "approved", "handed_over"]),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="transfer_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)

    def get_absolute_url(self) -> str:
        return reverse("protection:transfers-detail", args=[self.pk])
