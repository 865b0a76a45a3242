"""Something in an advertisement that breaks a rule, as an engine or an officer says."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """One suspicion about one span of one text, by one rule of one version of the rules."""

    class Origin(models.TextChoices):
        ENGINE = "engine", _("Engine")
        OFFICER = "officer", _("Officer")

    class Severity(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        SERIOUS = "serious", _("Serious")

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    ad = models.ForeignKey(
        "adverts.Ad", models.CASCADE, related_name="findings", verbose_name=_("advertisement")
    )
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    family = models.CharField(_("family of rules"), max_length=30)
    articles = models.JSONField(_("articles"), default=list)
    penalty = models.JSONField(_("penalty articles"), default=list)
    # Code points in the advertisement's text, end exclusive; none for something that is missing.
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    span = models.CharField(_("words"), max_length=500, blank=True)
    disguise = models.CharField(_("disguise"), max_length=20, blank=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, default=Severity.ORDINARY
    )
    probability = models.FloatField(_("probability"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    remedy = models.TextField(_("lawful wording"), blank=True)
    origin = models.CharField(
        _("found by"), max_length=10, choices=Origin.choices, default=Origin.ENGINE
    )
    # The rules that found it, or that were in force when an officer found what they had missed.
    ruleset_version = models.CharField(_("version of the rules"), max_length=40)
    is_current = models.BooleanField(_("still found"), default=True)
    review = models.ForeignKey(
        "adverts.Review",
        models.CASCADE,
        null=True,
        related_name="added",
        verbose_name=_("reading in which it was added"),
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    # Whether the decision was taken on the same finding of an earlier version of the rules.
    is_carried = models.BooleanField(default=False)
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["start", "pk"]
        indexes = [
            models.Index(fields=["ad", "is_current"], name="adfinding_ad"),
            models.Index(fields=["ruleset_version", "rule"], name="adfinding_rule"),
            models.Index(fields=["decided_at"], name="adfinding_decided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(start__isnull=True) & Q(end__isnull=True))
                | Q(end__gt=models.F("start")),
                name="adfinding_span",
            ),
            models.CheckConstraint(
                condition=Q(origin="officer") | Q(probability__isnull=False),
                name="adfinding_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.span}".strip()

    @property
    def is_absence(self) -> bool:
        """Whether a statement is missing rather than a word wrong."""
        return self.start is None
