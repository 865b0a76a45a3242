"""The reading of advertisements by officers, some of them by two who do not see each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts.models.finding import Finding
from zhixing.kit.scope import Placed


class Review(models.Model):
    """One officer's reading of one advertisement; unfinished while `finished_at` is empty."""

    class Turn(models.TextChoices):
        FIRST = "first", _("First reading")
        SECOND = "second", _("Second reading")
        THIRD = "third", _("Decision between two readings")

    ad = models.ForeignKey(
        "adverts.Ad", models.CASCADE, related_name="reviews", verbose_name=_("advertisement")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    turn = models.CharField(_("turn"), max_length=10, choices=Turn.choices)
    ruleset_version = models.CharField(_("version of the rules"), max_length=40)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    # What this reader found of the whole text, before the two were put together.
    is_violating = models.BooleanField(_("unlawful"), null=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(
                fields=["ad", "officer", "ruleset_version"], name="review_once_an_officer"
            ),
            models.UniqueConstraint(
                fields=["ad", "turn", "ruleset_version"],
                condition=Q(finished_at__isnull=False),
                name="review_turn_finished_once",
            ),
        ]
        indexes = [models.Index(fields=["finished_at"], name="review_finished")]

    def __str__(self) -> str:
        return f"{self.ad}: {self.get_turn_display()}"


class ReviewVerdict(models.Model):
    """What one reader said of one finding."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="verdicts")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="verdicts")
    decision = models.CharField(_("decision"), max_length=10, choices=Finding.Decision.choices)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [models.UniqueConstraint(fields=["review", "finding"], name="verdict_once")]

    def __str__(self) -> str:
        return str(self.get_decision_display())


class ReviewPlan(Placed):
    """Which share of an office's advertisements is read twice, and which without a finding."""

    double_share = models.FloatField(_("share read twice"))
    sample_share = models.FloatField(_("share read though nothing was found"))
    seed = models.CharField(_("seed"), max_length=64)
    since = models.DateTimeField(_("since"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("share of second readings")
        verbose_name_plural = _("shares of second readings")
        constraints = [
            models.CheckConstraint(
                condition=Q(double_share__gte=0)
                & Q(double_share__lte=1)
                & Q(sample_share__gte=0)
                & Q(sample_share__lte=1),
                name="reviewplan_shares",
            )
        ]

    def __str__(self) -> str:
        return f"{self.double_share:.0%}"
