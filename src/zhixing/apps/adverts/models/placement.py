"""One appearance of an advertisement on a medium."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.media.api import Design
from zhixing.kit.scope import Placed


class Placement(Placed):
    """An advertisement at one time and place of one medium, with its size."""

    ad = models.ForeignKey(
        "adverts.Ad", models.PROTECT, related_name="placements", verbose_name=_("advertisement")
    )
    medium = models.ForeignKey(
        "media.Medium",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("medium"),
    )
    # As captured, when the medium is not in the register.
    medium_name = models.CharField(_("medium as captured"), max_length=120, blank=True)
    medium_day = models.ForeignKey(
        "media.MediumDay",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("monitored day"),
    )
    design = models.CharField(
        _("selection"), max_length=10, choices=Design.choices, default=Design.TARGETED
    )
    shown_on = models.DateField(_("day"))
    shown_at = models.TimeField(_("time"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("duration, seconds"), null=True, blank=True)
    area_cm2 = models.PositiveIntegerField(_("area, cm²"), null=True, blank=True)
    page = models.CharField(_("page"), max_length=40, blank=True)
    programme = models.CharField(_("programme or column"), max_length=120, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    # The words as they stood here, where they differ from the advertisement's in symbols alone.
    print_text = models.TextField(_("text as it stood here"), blank=True)
    capture = models.ForeignKey(
        "adverts.Capture",
        models.PROTECT,
        related_name="placements",
        verbose_name=_("capture"),
    )
    # What makes the same appearance the same when it is captured again.
    key = models.CharField(max_length=64, unique=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        indexes = [
            models.Index(fields=["shown_on", "id"], name="placement_shown"),
            models.Index(fields=["medium", "shown_on"], name="placement_medium"),
            models.Index(fields=["ad", "unit_path"], name="placement_ad_office"),
        ]
        constraints = [
            # Only a day of a random round makes a placement random; see actions/capture_ads.py.
            models.CheckConstraint(
                condition=Q(design="targeted") | Q(medium_day__isnull=False),
                name="placement_random_on_a_drawn_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium_label} {self.shown_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of its advertisement, where its placements stand."""
        return f"{reverse('adverts:ads-detail', args=[self.ad_id])}#placements"

    @property
    def medium_label(self) -> str:
        """The medium's name, from the register or as captured."""
        return self.medium.name if self.medium is not None else self.medium_name
