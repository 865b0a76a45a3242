"""Training of advertisers: who is called, to which session, and who came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Training(Placed):
    """A session."""

    topic = models.CharField(_("topic"), max_length=200)
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, default=2)
    is_held = models.BooleanField(_("held"), default=False, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["held_on", "id"], name="training_day")]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="training_hours_positive")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.held_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("discipline:trainings-detail", args=[self.pk])


class TrainingCall(Placed):
    """An advertiser on the training list, because its advertisements broke the law repeatedly."""

    class State(models.TextChoices):
        LISTED = "listed", _("On the list")
        INVITED = "invited", _("Invited")
        ATTENDED = "attended", _("Attended")
        ABSENT = "absent", _("Did not come")
        EXCUSED = "excused", _("Taken off the list")

    subject = models.ForeignKey(
        "registry.Subject", models.PROTECT, null=True, blank=True, related_name="training_calls",
        verbose_name=_("advertiser in the register"),
    )  # fmt: skip
    name = models.CharField(_("advertiser"), max_length=200)
    listed_on = models.DateField(_("listed on"), editable=False)
    # Confirmed unlawful advertisements in the time the list looks back on.
    ads = models.PositiveIntegerField(_("unlawful advertisements"), editable=False)
    why = models.TextField(_("why it is listed"), editable=False)
    training = models.ForeignKey(
        Training, models.PROTECT, null=True, blank=True, editable=False, related_name="calls",
        verbose_name=_("training session"),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.LISTED, editable=False
    )
    note = models.CharField(_("note"), max_length=300, blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("advertiser to be trained")
        verbose_name_plural = _("advertisers to be trained")
        ordering = ["-listed_on", "-pk"]
        indexes = [models.Index(fields=["listed_on", "id"], name="training_call_listed")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_path", "name"],
                condition=Q(state__in=["listed", "invited"]),
                name="training_call_once_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["listed", "excused"]) | Q(training__isnull=False),
                name="training_call_with_session",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("discipline:calls-detail", args=[self.pk])
