"""Who works on a case, and the certificates without which nobody may."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case
from zhixing.kit.scope import Placed


class Certificate(Placed):
    """An officer's certificate of law enforcement (行政执法证)."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates",
        verbose_name=_("officer"),
    )  # fmt: skip
    number = models.CharField(_("certificate number"), max_length=40, unique=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("enforcement certificate")
        verbose_name_plural = _("enforcement certificates")
        ordering = ["-valid_to", "pk"]
        indexes = [models.Index(fields=["valid_to", "id"], name="certificate_ends")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="certificate_span"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("cases:certificates-detail", args=[self.pk])


class CaseOfficer(models.Model):
    """One officer's part in a case; whoever leaves it stays on record."""

    class Part(models.TextChoices):
        HANDLER = "handler", _("Handler")
        REVIEWER = "reviewer", _("Reviewer")
        CHAIR = "chair", _("Chair of the hearing")

    case = models.ForeignKey(Case, models.PROTECT, related_name="people")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_parts",
        verbose_name=_("officer"),
    )  # fmt: skip
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    left_for = models.CharField(_("left because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("officer of a case")
        verbose_name_plural = _("officers of a case")
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer"],
                condition=Q(until__isnull=True),
                name="case_officer_one_part",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.get_part_display()}"
