"""Campaigns and their targets. What was done is never stored here: it is counted."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.measures import Extent
from zhixing.kit.scope import PATH_LENGTH, Placed


class Campaign(Placed):
    """A special campaign of an office: scope, places, period, participants; at the end a report."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")

    title = models.CharField(_("name of the campaign"), max_length=120)
    clause = models.CharField(_("clause"), max_length=20, default="二/(二)")
    purpose = models.TextField(_("purpose"), max_length=1000, blank=True)
    act_kinds = models.JSONField(_("kinds of act"), default=list, blank=True)
    monitors = models.JSONField(_("monitors"), default=list, blank=True)
    # Paths of the participating offices; their areas are the places of the campaign.
    offices = models.JSONField(_("participating offices"), default=list)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    places = models.CharField(_("kinds of place"), max_length=300, blank=True)
    # Codes of `kit.measures`, in the order of the page.
    measures = models.JSONField(_("what is counted"), default=list)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    base_year = models.PositiveSmallIntegerField(_("base year"))

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    conclusion = models.TextField(_("conclusion"), max_length=4000, blank=True, editable=False)
    # The figures as they stood when the campaign was closed, and SM3 of their canonical JSON.
    frozen = models.JSONField(_("frozen figures"), null=True, blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["starts_on", "id"], name="campaign_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (~Q(conclusion="") & ~Q(digest="") & Q(closed_at__isnull=False)),
                name="campaign_closed_with_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaigns-detail", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Whether the figures are frozen."""
        return self.state == self.State.CLOSED

    def extent(self, offices: tuple[str, ...]) -> Extent:
        """What is counted for some of the participating offices."""
        return Extent(offices, tuple(self.act_kinds), tuple(self.monitors), tuple(self.regions))

    def in_base_year(self, day: date) -> date:
        """The same day as many years earlier as the base year is."""
        year = day.year - (self.starts_on.year - self.base_year)
        try:
            return day.replace(year=year)
        except ValueError:  # 29 February
            return day.replace(year=year, day=28)


class Target(models.Model):
    """What a campaign wants of one measure, from one office or from all together."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="targets", verbose_name=_("campaign")
    )
    measure = models.CharField(_("what is counted"), max_length=60)
    # Path of a participating office; empty for all together.
    office = models.CharField(_("office"), max_length=PATH_LENGTH, blank=True)
    number = models.PositiveIntegerField(_("target"), null=True, blank=True)
    # Only where the platform holds no data of the base year.
    base_value = models.PositiveIntegerField(_("base year"), null=True, blank=True)
    base_source = models.CharField(_("source of the base figure"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "measure", "office"], name="campaign_target_once"
            ),
            models.CheckConstraint(
                condition=Q(base_value__isnull=True) | ~Q(base_source=""),
                name="campaign_base_with_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.number}"

    @property
    def unit_path(self) -> str:
        """The office of the campaign, for the jurisdiction rules."""
        return str(self.campaign.unit_path)
