"""The monthly notice of monitoring, and the monthly digest for the trade."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Bulletin(Placed):
    """The figures of one month, frozen when the paper is issued."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Monitoring notice")
        DIGEST = "digest", _("Digest for the trade")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    month = models.DateField(_("month"), help_text=_("Any day of the month."))
    remarks = models.TextField(_("remarks and requirements"), blank=True)
    figures = models.JSONField(_("figures"), default=dict, editable=False)
    counted_at = models.DateTimeField(_("counted"), editable=False)
    is_issued = models.BooleanField(_("issued"), default=False, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("monthly paper")
        verbose_name_plural = _("monthly papers")
        ordering = ["-month", "kind"]
        indexes = [models.Index(fields=["month", "id"], name="bulletin_month")]
        constraints = [
            models.UniqueConstraint(fields=["unit_path", "kind", "month"], name="bulletin_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="bulletin_first_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("discipline:bulletins-detail", args=[self.pk])
