"""Advertising approvals of goods whose advertisements are reviewed before publication."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Approval(Placed):
    """An approval with its number, holder, product and term (Order 21 art 9, 18; Law art 46)."""

    class Kind(models.TextChoices):
        DRUG = "drug", _("Drug")
        DEVICE = "device", _("Medical device")
        HEALTH_FOOD = "health_food", _("Health food")
        FSMP = "fsmp", _("Food for special medical purposes")
        MEDICAL = "medical", _("Medical service")
        PESTICIDE = "pesticide", _("Pesticide")
        VETERINARY = "veterinary", _("Veterinary drug")

    class Status(models.TextChoices):
        VALID = "valid", _("In force")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CANCELLED = "cancelled", _("Cancelled")

    number = models.CharField(_("approval number"), max_length=60, unique=True)
    kind = models.CharField(_("kind of product"), max_length=12, choices=Kind.choices)
    applicant = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ad_approvals",
        verbose_name=_("applicant in the register"),
    )
    applicant_name = models.CharField(_("applicant"), max_length=200, blank=True)
    product = models.CharField(_("product"), max_length=120)
    licence_number = models.CharField(
        _("registration number of the product"), max_length=60, blank=True
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.VALID
    )
    content = models.TextField(_("text as approved"), blank=True)
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("advertising approval")
        verbose_name_plural = _("advertising approvals")
        indexes = [
            models.Index(fields=["valid_to", "id"], name="approval_valid_to"),
            models.Index(fields=["updated", "id"], name="approval_updated"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="approval_term")
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("adverts:approvals-detail", args=[self.pk])

    def is_in_force(self, day: date) -> bool:
        """Whether an advertisement could be shown under it on that day."""
        return self.status == self.Status.VALID and self.valid_from <= day <= self.valid_to
