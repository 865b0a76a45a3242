"""Markets and the inspections of marks in them, stall by stall."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Market(Placed):
    """A wholesale or retail market with its stalls."""

    class Kind(models.TextChoices):
        WHOLESALE = "wholesale", _("Wholesale market")
        RETAIL = "retail", _("Retail market")

    name = models.CharField(_("market"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="markets",
        verbose_name=_("organiser in the register"),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    stalls = models.PositiveIntegerField(_("number of stalls"), validators=[MinValueValidator(1)])
    goods = models.CharField(_("goods sold"), max_length=200, blank=True)
    nice_classes = models.JSONField(_("Nice classes of the goods sold"), default=list, blank=True)
    is_open = models.BooleanField(_("open today"), default=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("market")
        verbose_name_plural = _("markets")
        indexes = [models.Index(fields=["name", "id"], name="market_name")]
        constraints = [
            models.UniqueConstraint(fields=["unit_path", "name"], name="market_once"),
            models.CheckConstraint(condition=Q(stalls__gt=0), name="market_has_stalls"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("protection:markets-detail", args=[self.pk])


class MarkInspection(Placed):
    """One round of a market: which officers looked at which stalls for which marks."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", _("Under way")
        FINISHED = "finished", _("Inspection finished")

    market = models.ForeignKey(
        Market, models.PROTECT, related_name="inspections", verbose_name=_("market")
    )
    inspected_on = models.DateField(_("day of the inspection"))
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("officers")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.UNDER_WAY, editable=False
    )
    # The protected marks to look for, as they stood on the day: key, text, holder, protection.
    checklist = models.JSONField(_("marks to look for"), default=list, editable=False)
    note = models.TextField(_("note"), blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("market inspection")
        verbose_name_plural = _("market inspections")
        indexes = [models.Index(fields=["inspected_on", "id"], name="mark_inspection_day")]

    def __str__(self) -> str:
        return f"{self.market} {self.inspected_on}"

    def get_absolute_url(self) -> str:
        return reverse("protection:inspections-detail", args=[self.pk])


class StallVisit(models.Model):
    """One stall looked at."""

    inspection = models.ForeignKey(
        MarkInspection, models.PROTECT, related_name="visits", verbose_name=_("market inspection")
    )
    stall = models.CharField(_("stall"), max_length=40)
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stall_visits",
        verbose_name=_("operator in the register"),
    )
    operator_name = models.CharField(_("operator"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("stall visited")
        verbose_name_plural = _("stalls visited")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "stall"], name="stall_visited_once")
        ]

    def __str__(self) -> str:
        return self.stall

    def get_absolute_url(self) -> str:
        return reverse("protection:stall", args=[self.pk])

    @property
    def unit_path(self) -> str:
        """The office of the inspection, for the jurisdiction rules."""
        return str(self.inspection.unit_path)


class StallLine(models.Model):
    """A mark seen at a stall, and whether the operator showed that it may sell under it."""

    class Shown(models.TextChoices):
        YES = "yes", _("Authorisation shown")
        NO = "no", _("No authorisation shown")
        UNSURE = "unsure", _("Cannot tell")

    visit = models.ForeignKey(
        StallVisit, models.PROTECT, related_name="lines", verbose_name=_("stall visited")
    )
    mark_text = models.CharField(_("mark seen"), max_length=120)
    trade_mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stall_lines",
        verbose_name=_("mark in the register"),
    )
    shown = models.CharField(_("authorisation"), max_length=6, choices=Shown.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mark seen")
        verbose_name_plural = _("marks seen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "mark_text"], name="stall_mark_once")
        ]

    def __str__(self) -> str:
        return self.mark_text
