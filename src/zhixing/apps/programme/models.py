"""The programme of a year: which text it follows, and what the bureau set for its items.

The text, its items, cadences and indicators stay in the law file; a row here holds only what a
bureau decides for itself.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.kit.scope import Placed


class Programme(Placed):
    """The programme that a bureau follows in a year; `unit_path` is the bureau's."""

    year = models.PositiveSmallIntegerField(_("year"))
    base_year = models.PositiveSmallIntegerField(_("base year"))
    source = models.CharField(_("programme text"), max_length=60)
    # SHA-256 of the text as adopted: a file that changed since then shows on the board.
    digest = models.CharField(_("version of the text"), max_length=64)
    adopted_on = models.DateField(_("adopted on"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-year", "unit_path"]
        constraints = [
            models.UniqueConstraint(fields=["unit_path", "year"], name="programme_once_a_year"),
            models.CheckConstraint(
                condition=Q(base_year__lt=F("year")), name="programme_base_year_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text.header.title_zh} {self.year}"

    def get_absolute_url(self) -> str:
        return f"{reverse('programme:board')}?year={self.year}"

    @property
    def text(self) -> law.Programme:
        """The programme text as the law tables hold it now."""
        return law.programme(self.source)


class ItemSetting(models.Model):
    """What a bureau set for one item: who answers, another target, a note."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="settings", verbose_name=_("programme")
    )
    item_code = models.CharField(_("item"), max_length=60)
    owner_unit = models.ForeignKey(
        "accounts.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("office in charge"),
    )
    owner_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer in charge"),
    )
    owned_since = models.DateField(_("in charge since"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    target_reason = models.CharField(_("reason of the target"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        ordering = ["programme_id", "item_code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "item_code"], name="programme_item_once")
        ]

    def __str__(self) -> str:
        return self.programme.text.item(self.item_code).title_zh

    def get_absolute_url(self) -> str:
        return reverse("programme:item", args=[self.programme.year, self.item_code])

    @property
    def unit_path(self) -> str:
        """The bureau whose programme it is."""
        return self.programme.unit_path

    @property
    def is_owned(self) -> bool:
        """Whether an office or an officer is in charge."""
        return self.owner_unit_id is not None or self.owner_officer_id is not None
