"""Licences and filings with their validity."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry.models.subject import Subject
from zhixing.kit.scope import Placed

RAN_OUT = "ran_out"


class Licence(Placed):
    """One licence or filing of an operator. Its number survives change and renewal.

    Sources: Order 78 art 27, 35–36, 45 (food business, filing); Order 24 of 2020 art 30.
    """

    class Kind(models.TextChoices):
        FOOD_BUSINESS = "JY", _("Food business licence (JY)")
        FOOD_PRODUCTION = "SC", _("Food production licence (SC)")
        PREPACKED_FILING = "YB", _("Filing, prepacked food only (YB)")
        OTHER = "OTHER", _("Other licence")

    class Status(models.TextChoices):
        VALID = "valid", _("In force")
        SUSPENDED = "suspended", _("Suspended")
        REVOKED = "revoked", _("Revoked")
        CANCELLED = "cancelled", _("Cancelled")

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="licences", verbose_name=_("subject")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=60, unique=True)
    scope = models.CharField(_("scope"), max_length=300, blank=True)
    issued_by = models.CharField(_("issued by"), max_length=100, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.VALID
    )
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("licence or filing")
        verbose_name_plural = _("licences and filings")
        indexes = [
            models.Index(fields=["valid_to", "id"], name="licence_valid_to"),
            models.Index(fields=["updated", "id"], name="licence_updated"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="licence_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("registry:licences-detail", args=[self.pk])

    def has_expired(self, on: date) -> bool:
        """Whether its last day lies before the day, for a licence not ended otherwise."""
        return self.status == self.Status.VALID and self.valid_to is not None and self.valid_to < on

    @property
    def standing(self) -> str:
        """The status today: one in force by status that is past its last day has `ran_out`."""
        return RAN_OUT if self.has_expired(timezone.localdate()) else self.status

    def get_standing_display(self) -> str:
        """The standing in words."""
        return gettext("Ran out") if self.standing == RAN_OUT else self.get_status_display()
