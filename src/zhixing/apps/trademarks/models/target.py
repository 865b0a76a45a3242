"""How many marks an office is to bring on in a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed, office_names


class OfficeTarget(Placed):
    """The targets of one office for one year; a measure without a number has no target."""

    MEASURES = ("registered", "in_use", "famous")

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    registered = models.PositiveIntegerField(_("marks registered"), null=True, blank=True)
    in_use = models.PositiveIntegerField(_("marks put to use"), null=True, blank=True)
    famous = models.PositiveIntegerField(_("marks become famous"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("target of an office")
        verbose_name_plural = _("targets of offices")
        ordering = ["-year", "unit_path"]
        indexes = [models.Index(fields=["year", "id"], name="mark_target_year")]
        constraints = [
            models.UniqueConstraint(fields=["unit_path", "year"], name="mark_target_once")
        ]

    def __str__(self) -> str:
        return titles_of([self])[self.pk]

    def get_absolute_url(self) -> str:
        return reverse("trademarks:targets-detail", args=[self.pk])


def titles_of(rows: Sequence[models.Model]) -> dict[Any, str]:
    """Office and year of each row by primary key, with one look-up of the offices' names."""
    targets = [row for row in rows if isinstance(row, OfficeTarget)]
    names = office_names(target.unit_path for target in targets)
    return {
        target.pk: f"{names.get(target.unit_path, target.unit_path)} {target.year}"
        for target in targets
    }
