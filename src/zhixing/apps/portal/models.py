"""How much each address has asked of the public site in the present hour."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyUse(models.Model):
    """How often a service was used on a day: a number, nothing of what was asked or by whom."""

    kind = models.CharField(_("kind"), max_length=10)
    day = models.DateField(_("day"), db_index=True)
    asked = models.PositiveIntegerField(_("requests"), default=0)

    class Meta:
        verbose_name = _("use of a day")
        verbose_name_plural = _("use by day")
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day:%Y-%m-%d}: {self.asked}"


class Allowance(models.Model):
    """Requests of one kind from one address in one hour; the address itself is not kept."""

    address = models.CharField(_("keyed hash of the address"), max_length=64)
    kind = models.CharField(_("kind"), max_length=10)
    hour = models.DateTimeField(_("hour"), db_index=True)
    asked = models.PositiveIntegerField(_("requests"), default=0)

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        constraints = [
            models.UniqueConstraint(
                fields=["address", "kind", "hour"], name="allowance_once_an_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hour:%Y-%m-%d %H}: {self.asked}"
