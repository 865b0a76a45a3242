"""The statutory clocks of a case, and the days they do not count."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case


class CaseStop(models.Model):
    """Days that clocks of the case do not count: which clocks, the kind says (law tables)."""

    class Kind(models.TextChoices):
        SUSPENSION = "suspension", _("Suspension")
        HEARING = "hearing", _("Hearing")
        PUBLIC_NOTICE = "public_notice", _("Service by public notice")
        TESTING = "testing", _("Testing")
        INSPECTION = "inspection", _("Inspection of goods")
        QUARANTINE = "quarantine", _("Quarantine")
        APPRAISAL = "appraisal", _("Appraisal")
        IDENTIFICATION = "rights_holder_identification", _("Identification by the rights holder")
        REFUND = "refund_order", _("Order to refund")

    case = models.ForeignKey(Case, models.PROTECT, related_name="stops")
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    first = models.DateField(_("first day not counted"))
    last = models.DateField(_("last day not counted"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("time not counted")
        verbose_name_plural = _("times not counted")
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="case_stop_span"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(last__isnull=True), name="case_stop_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class CaseClock(models.Model):
    """One statutory period that runs, or ran, in a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    code = models.CharField(_("clock"), max_length=40)
    trigger = models.DateField(_("begins after"))
    extensions = models.PositiveSmallIntegerField(_("extensions granted"), default=0)
    extended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("extension granted by"),
    )  # fmt: skip
    extended_for = models.CharField(_("reason of the extension"), max_length=300, blank=True)
    # An extension whose length the law leaves open: the day that was approved.
    extended_to = models.DateField(_("approved day"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    is_provisional = models.BooleanField(_("due date provisional"), default=False)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    # What the clock is about, if the case has several of its kind (a measure).
    about = models.CharField(_("about"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("clock of a case")
        verbose_name_plural = _("clocks of a case")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["met_on", "due_on", "id"], name="case_clock_running")]

    def __str__(self) -> str:
        return self.code

    @property
    def was_late(self) -> bool:
        """Whether it was met after its last day."""
        return bool(self.met_on and self.due_on and self.met_on > self.due_on)
