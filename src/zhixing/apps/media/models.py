"""Media under supervision, and the rounds in which their advertisements are monitored.

The unit that is drawn is one medium on one day (`MediumDay`), which is then monitored as a whole.
Violation rates are estimated from the days of random rounds alone; what is monitored because
somebody pointed at it lies in targeted rounds and never enters a rate.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Medium(Placed):
    """A place where advertisements appear: a paper, a channel, a site, an account."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper", _("Newspaper")
        MAGAZINE = "magazine", _("Magazine")
        TV = "tv", _("Television")
        RADIO = "radio", _("Radio")
        OUTDOOR = "outdoor", _("Outdoor")
        WEBSITE = "website", _("Web site")
        APP = "app", _("App")
        LIVE = "live", _("Live-stream account")
        SELF_MEDIA = "self_media", _("Self-media")

    class Status(models.TextChoices):
        ACTIVE = "active", _("In operation")
        SUSPENDED = "suspended", _("Advertising suspended")
        CLOSED = "closed", _("Closed")

    number = models.CharField(_("medium number"), max_length=40, blank=True)
    name = models.CharField(_("medium"), max_length=120)
    kind = models.CharField(_("kind of medium"), max_length=12, choices=Kind.choices)
    operator = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="media",
        verbose_name=_("operator in the register"),
    )
    operator_name = models.CharField(_("operator"), max_length=200, blank=True)
    # Whom a penalty is notified to (Advertising Law art 67): press, broadcasting, internet office.
    authority = models.CharField(_("competent authority"), max_length=120, blank=True)
    address = models.CharField(_("channel, address or account"), max_length=300, blank=True)
    for_minors = models.BooleanField(_("aimed at minors"), default=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("medium")
        verbose_name_plural = _("media")
        indexes = [
            models.Index(fields=["name", "id"], name="medium_name"),
            models.Index(fields=["updated", "id"], name="medium_updated"),
            models.Index(fields=["kind", "status"], name="medium_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="medium_number", condition=~Q(number="")
            ),
            models.CheckConstraint(condition=~Q(name=""), name="medium_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("media:media-detail", args=[self.pk])

    @property
    def key(self) -> str:
        """What names the medium in draws, the same for ever."""
        return str(self.pk)


class Design(models.TextChoices):
    """How it was decided what to monitor; the two are never counted together."""

    RANDOM = "random", _("Random")
    TARGETED = "targeted", _("Targeted")


class Round(Placed):
    """One period of monitoring: what could have been drawn, what was, and by which seed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Planned")
        RUNNING = "running", _("Under way")
        CLOSED = "closed", _("Closed")

    number = models.CharField(_("round number"), max_length=40, blank=True)
    name = models.CharField(_("round"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    design = models.CharField(
        _("selection"), max_length=10, choices=Design.choices, default=Design.RANDOM
    )
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    # Days to draw per kind of medium; used by the draw.
    plan = models.JSONField(_("days to draw by kind"), default=dict, blank=True)
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    frame_size = models.PositiveIntegerField(_("days in the frame"), default=0, editable=False)
    frame_sm3 = models.CharField(_("SM3 of the frame"), max_length=64, blank=True, editable=False)
    method_version = models.CharField(
        _("method of the draw"), max_length=40, blank=True, editable=False
    )
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True, editable=False)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("drawn by"),
    )
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("monitoring round")
        verbose_name_plural = _("monitoring rounds")
        indexes = [
            models.Index(fields=["starts_on", "id"], name="round_starts"),
            models.Index(fields=["updated", "id"], name="round_updated"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="round_number", condition=~Q(number="")
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="round_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(design="targeted") | ~Q(seed=""),
                name="round_random_with_seed",
            ),
            models.CheckConstraint(
                condition=Q(design="random") | ~Q(purpose=""), name="round_targeted_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("media:rounds-detail", args=[self.pk])

    @property
    def is_random(self) -> bool:
        """Whether its days may enter violation rates."""
        return self.design == Design.RANDOM


class Stratum(models.Model):
    """The days of one kind of medium in a round: how many there were, how many were drawn."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="strata", verbose_name=_("monitoring round")
    )
    kind = models.CharField(_("kind of medium"), max_length=12, choices=Medium.Kind.choices)
    frame_size = models.PositiveIntegerField(_("days in the frame"))
    take = models.PositiveIntegerField(_("days drawn"))

    class Meta:
        verbose_name = _("stratum")
        verbose_name_plural = _("strata")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="stratum_once"),
            models.CheckConstraint(
                condition=Q(take__lte=F("frame_size")), name="stratum_within_frame"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class MediumDay(Placed):
    """One medium on one day: the unit that is drawn (or chosen) and then monitored as a whole."""

    class State(models.TextChoices):
        PLANNED = "planned", _("To be monitored")
        MONITORED = "monitored", _("Monitored")
        MISSED = "missed", _("Missed")

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="days", verbose_name=_("monitoring round")
    )
    # None in a targeted round: what is chosen belongs to no stratum.
    stratum = models.ForeignKey(
        Stratum,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="days",
        verbose_name=_("stratum"),
    )
    medium = models.ForeignKey(
        Medium, models.PROTECT, related_name="days", verbose_name=_("medium")
    )
    day = models.DateField(_("day"))
    position = models.PositiveIntegerField(_("place in the draw"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    missed_reason = models.CharField(_("why it was missed"), max_length=200, blank=True)
    # Sizes monitored; empty: what was entered of the day is counted.
    items = models.PositiveIntegerField(_("advertisements monitored"), null=True, blank=True)
    seconds = models.PositiveIntegerField(
        _("advertising time monitored, seconds"), null=True, blank=True
    )
    area_cm2 = models.PositiveIntegerField(
        _("advertising area monitored, cm²"), null=True, blank=True
    )
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("monitored day")
        verbose_name_plural = _("monitored days")
        indexes = [
            models.Index(fields=["day", "id"], name="medium_day_day"),
            models.Index(fields=["round", "state"], name="medium_day_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "medium", "day"], name="medium_day_once"),
            models.CheckConstraint(
                condition=~Q(state="missed") | ~Q(missed_reason=""),
                name="medium_day_missed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium} {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("media:days-detail", args=[self.pk])
