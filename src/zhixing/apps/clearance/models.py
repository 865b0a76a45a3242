"""Reports of searches before filing, frozen as they were given out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class SearchReport(Placed):
    """What a search found on its day. The result is kept as it was shown and never changes."""

    class Origin(models.TextChoices):
        OFFICE = "office", _("Officer")
        PUBLIC = "public", _("Public site")

    number = models.CharField(_("report number"), max_length=20, unique=True, editable=False)
    # The address of a report made on the public site; empty for an officer's.
    token = models.CharField(max_length=43, blank=True, editable=False)
    # The last day on which that address opens.
    open_until = models.DateField(_("open until"), null=True, blank=True, editable=False)
    origin = models.CharField(
        _("made on"), max_length=6, choices=Origin.choices, default=Origin.OFFICE
    )
    text = models.CharField(_("mark asked for"), max_length=120, blank=True)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    similar_groups = models.JSONField(_("similar groups"), default=list, blank=True)
    picture_sm3 = models.CharField(_("SM3 of the picture"), max_length=64, blank=True)
    result = models.JSONField(_("result"))
    digest = models.CharField(_("SM3 of the result"), max_length=64)
    identical = models.PositiveIntegerField(_("identical"), default=0)
    similar = models.PositiveIntegerField(_("similar"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("search report")
        verbose_name_plural = _("search reports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["made_at", "id"], name="searchreport_made")]
        constraints = [
            models.UniqueConstraint(
                fields=["token"], name="searchreport_token", condition=~models.Q(token="")
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("clearance:reports-detail", args=[self.pk])
