"""Checks of how a mark is used by those who may use it, above all marks of origin."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class UseCheck(Placed):
    """One look at how one operator uses one mark."""

    class Outcome(models.TextChoices):
        IN_ORDER = "in_order", _("In order")
        UNAUTHORISED = "unauthorised", _("Not authorised")
        LABEL = "label", _("Licensee or origin not on the goods")
        ORIGIN = "origin", _("Not of the origin")
        QUALITY = "quality", _("Not to the standard")

    mark = models.ForeignKey(
        "registry.TradeMark", models.PROTECT, related_name="checks", verbose_name=_("trade mark")
    )
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        related_name="mark_checks",
        verbose_name=_("who uses it"),
    )
    checked_on = models.DateField(_("checked on"))
    outcome = models.CharField(_("what the check found"), max_length=15, choices=Outcome.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("check of a mark's use")
        verbose_name_plural = _("checks of marks' use")
        ordering = ["-checked_on", "-pk"]
        indexes = [
            models.Index(fields=["checked_on", "id"], name="use_check_day"),
            models.Index(fields=["mark", "checked_on"], name="use_check_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} · {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("trademarks:checks-detail", args=[self.pk])
