"""Who allowed whom to use which mark: licences, commissions, supervision, distribution."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry.models.mark import TradeMark
from zhixing.apps.registry.models.subject import Subject
from zhixing.kit.scope import Placed


class Authorisation(Placed):
    """One contract for one mark. A party outside the register is kept by its name.

    Sources: Trade Mark Law (2019) art 43, (2027) art 55; its Implementing Regulation art 69, 71.
    """

    class Kind(models.TextChoices):
        LICENCE = "licence", _("Trade mark licence")
        OPERATION = "operation", _("Authorised operation")
        OEM = "oem", _("Commissioned manufacture (OEM)")
        SUPERVISION = "supervision", _("Supervised manufacture")
        DISTRIBUTION = "distribution", _("Authorised distribution")

    class Exclusivity(models.TextChoices):
        SOLE = "sole", _("Sole use")
        EXCLUSIVE = "exclusive", _("Exclusive but for the holder")
        ORDINARY = "ordinary", _("Ordinary")

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        ENDED = "ended", _("Ended early")
        REVOKED = "revoked", _("Withdrawn")

    class Standing(models.TextChoices):
        """How a contract stands on a day: its status, seen with its first and last day."""

        IN_FORCE = "in_force", _("In force")
        NOT_BEGUN = "not_begun", _("Not begun")
        RAN_OUT = "ran_out", _("Ran out")
        ENDED = "ended", _("Ended early")
        REVOKED = "revoked", _("Withdrawn")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.LICENCE)
    exclusivity = models.CharField(
        _("exclusivity"), max_length=10, choices=Exclusivity.choices, blank=True
    )
    grantor_name = models.CharField(_("who grants"), max_length=200)
    grantor = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="granted",
        verbose_name=_("who grants, in the register"),
    )
    grantee_name = models.CharField(_("who is allowed"), max_length=200)
    grantee = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="received",
        verbose_name=_("who is allowed, in the register"),
    )
    mark_text = models.CharField(_("mark in the contract"), max_length=120, blank=True)
    mark = models.ForeignKey(
        TradeMark,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authorisations",
        verbose_name=_("mark in the register"),
    )
    contract_number = models.CharField(_("contract number"), max_length=60, blank=True)
    goods = models.CharField(_("goods"), max_length=300, blank=True)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    similar_groups = models.JSONField(_("similar groups"), default=list, blank=True)
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    export_only = models.BooleanField(_("for export only"), default=False)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    filing_number = models.CharField(_("filing number"), max_length=40, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.IN_FORCE
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        indexes = [
            models.Index(fields=["ends_on", "id"], name="authorisation_ends"),
            models.Index(fields=["updated", "id"], name="authorisation_updated"),
            models.Index(fields=["grantor_name"], name="authorisation_grantor"),
            models.Index(fields=["grantee_name"], name="authorisation_grantee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contract_number", "mark_text", "grantee_name"],
                name="authorisation_contract",
                condition=~Q(contract_number=""),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="authorisation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.mark_text or self.contract_number or self.grantor_name

    def get_absolute_url(self) -> str:
        return reverse("registry:authorisations-detail", args=[self.pk])

    def standing_on(self, day: date) -> Authorisation.Standing:
        """How the contract stands on the day; an open end never runs out."""
        if self.status != self.Status.IN_FORCE:
            return self.Standing(self.status)
        if self.starts_on is not None and day < self.starts_on:
            return self.Standing.NOT_BEGUN
        if self.ends_on is not None and day > self.ends_on:
            return self.Standing.RAN_OUT
        return self.Standing.IN_FORCE

    def in_force(self, day: date) -> bool:
        """Whether the contract allows the use on the day."""
        return self.standing_on(day) == self.Standing.IN_FORCE

    @property
    def standing(self) -> str:
        """How it stands today."""
        return self.standing_on(timezone.localdate())

    def get_standing_display(self) -> str:
        """The standing of today in words."""
        return str(self.Standing(self.standing).label)
