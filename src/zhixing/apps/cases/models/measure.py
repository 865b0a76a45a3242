"""Coercive measures and preservation: what is held, until when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case
from zhixing.apps.cases.models.clock import CaseClock


class CaseMeasure(models.Model):
    """One measure with its clock; preservation lapses by itself when its days are over."""

    class Kind(models.TextChoices):
        PRESERVATION = "preservation", _("Registered preservation of evidence")
        SEALING = "sealing", _("Sealing")
        DETENTION = "detention", _("Detention")

    class Outcome(models.TextChoices):
        RELEASED = "released", _("Released")
        CONFISCATED = "confiscated", _("Confiscated")
        DISPOSED = "disposed", _("Disposed of")
        HANDED_OVER = "handed_over", _("Handed over to the police")
        TURNED = "turned", _("Turned into sealing or detention")
        LAPSED = "lapsed", _("Lapsed by time")

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    kind = models.CharField(_("measure"), max_length=12, choices=Kind.choices)
    begun_on = models.DateField(_("taken on"))
    place = models.CharField(_("kept at"), max_length=200, blank=True)
    was_urgent = models.BooleanField(_("taken on site in an emergency"), default=False)
    clock = models.OneToOneField(CaseClock, models.PROTECT, related_name="measure")
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    outcome_note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["begun_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, outcome="")
                | (Q(settled_on__isnull=False) & ~Q(outcome="")),
                name="case_measure_settled_how",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class MeasureLine(models.Model):
    """A line of the list of goods (form 24)."""

    measure = models.ForeignKey(CaseMeasure, models.CASCADE, related_name="lines")
    name = models.CharField(_("name of the goods"), max_length=120)
    spec = models.CharField(_("specification"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=20)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    value = models.DecimalField(
        _("value in yuan"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("line of goods")
        verbose_name_plural = _("lines of goods")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
