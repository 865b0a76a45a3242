"""Runs over the names of an area."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.models.kinds import NameKind
from zhixing.kit.scope import Placed


def all_kinds() -> list[str]:
    """Every kind of name, in the order they are swept."""
    return list(NameKind.values)


class Sweep(Placed):
    """One run over the names of an office's area against the watch lists that protect it.

    `names` were looked at and `judged` were due: new or changed, or older than a change of the
    lists. `tallies` holds the same by kind of name.
    """

    job = models.ForeignKey(
        "kit.Job", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    kinds = models.JSONField(_("kinds of names"), default=all_kinds)
    changed_since = models.DateTimeField(_("names changed since"), null=True, blank=True)
    is_anew = models.BooleanField(_("judge all names anew"), default=False)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    revision = models.PositiveBigIntegerField(_("revision of the watch lists"), default=0)
    marks = models.PositiveIntegerField(_("brands"), default=0)
    names = models.PositiveIntegerField(_("names"), default=0)
    judged = models.PositiveIntegerField(_("judged"), default=0)
    hits = models.PositiveIntegerField(_("hits"), default=0)
    excluded = models.PositiveIntegerField(_("excluded"), default=0)
    new_leads = models.PositiveIntegerField(_("new leads"), default=0)
    tallies = models.JSONField(_("by kind of name"), default=dict)
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
