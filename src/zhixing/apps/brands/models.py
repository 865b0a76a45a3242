"""The watch list of protected brands, and the sweeps of all names against it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class WatchedMark(Placed):
    """A brand that the bureau protects against free-riding."""

    class Protection(models.TextChoices):
        WELL_KNOWN = "well_known", _("Well-known mark")
        FAMOUS = "famous", _("Provincial famous mark")
        GEOGRAPHICAL = "geographical", _("Geographical indication")
        FOREIGN = "foreign", _("Foreign mark")
        LOCAL = "local", _("Local brand")

    text = models.CharField(_("brand"), max_length=60)
    protection = models.CharField(
        _("protection"), max_length=15, choices=Protection.choices, default=Protection.WELL_KNOWN
    )
    holder_name = models.CharField(_("holder"), max_length=120, blank=True)
    trade_mark = models.ForeignKey(
        "registry.TradeMark",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="watched",
        verbose_name=_("trade mark"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_active = models.BooleanField(_("watched"), default=True)
    created = models.DateTimeField(_("added"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("watched brand")
        verbose_name_plural = _("watch list")
        ordering = ["text", "pk"]
        indexes = [models.Index(fields=["text", "id"], name="brand_text")]
        constraints = [
            models.UniqueConstraint(fields=["unit_path", "text"], name="brand_watched_once"),
            models.CheckConstraint(condition=~Q(text=""), name="brand_has_text"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("brands:watch-list-detail", args=[self.pk])


class Sweep(Placed):
    """One run over all names of an office's area against its watch list."""

    job = models.ForeignKey(
        "kit.Job", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    marks = models.PositiveIntegerField(_("brands"), default=0)
    names = models.PositiveIntegerField(_("names"), default=0)
    hits = models.PositiveIntegerField(_("hits"), default=0)
    new_leads = models.PositiveIntegerField(_("new leads"), default=0)
    min_probability = models.FloatField(_("lowest probability"))
    method_version = models.CharField(_("engine version"), max_length=20)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("brands:sweep", args=[self.pk])
