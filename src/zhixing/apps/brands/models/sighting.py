"""Names seen on the ground and on the net: signboards and offers.

What stands on product labels is kept by the monitor of chains, and judged all the same.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.models.kinds import NameKind
from zhixing.kit.scope import Placed

TEXT_LENGTH = 500
TITLE_LENGTH = 40


class Sighting(Placed):
    """A name as an officer, a list or a platform reports it, with where and when it was seen.

    Pictures are evidence files of the row.
    """

    class Kind(models.TextChoices):
        SHOP = NameKind.SHOP.value, NameKind.SHOP.label
        LISTING = NameKind.LISTING.value, NameKind.LISTING.label

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SHOP)
    text = models.CharField(_("text"), max_length=TEXT_LENGTH)
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sightings",
        verbose_name=_("operator"),
    )
    seen_at = models.CharField(_("where seen"), max_length=200, blank=True)
    seen_on = models.DateField(_("seen on"))
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    address_of_page = models.CharField(_("address of the page"), max_length=500, blank=True)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reported by"),
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        indexes = [
            models.Index(fields=["seen_on", "id"], name="sighting_seen"),
            models.Index(fields=["updated", "id"], name="sighting_updated"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="sighting_has_text"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= TITLE_LENGTH else f"{self.text[:TITLE_LENGTH]}…"

    def get_absolute_url(self) -> str:
        return reverse("brands:sightings-detail", args=[self.pk])
