"""The brands that offices protect against free-riding."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class WatchedMark(Placed):
    """A brand protected against free-riding, for the names of its office and of those below.

    `revision` is the state of all lists at which it last changed in a way that names must be
    judged anew against it; see `ListRevision`.
    """

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
    # Division codes (GB/T 2260, 2 to 12 digits) where protection is claimed; empty is everywhere.
    territory = models.JSONField(_("territory"), default=list, blank=True)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    similar_groups = models.JSONField(_("similar groups"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_active = models.BooleanField(_("watched"), default=True)
    revision = models.PositiveBigIntegerField(_("revision"), default=0, editable=False)
    created = models.DateTimeField(_("added"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("watched brand")
        verbose_name_plural = _("watch list")
        ordering = ["text", "pk"]
        indexes = [
            models.Index(fields=["text", "id"], name="brand_text"),
            models.Index(fields=["revision"], name="brand_revision"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit_path", "text"], name="brand_watched_once"),
            models.CheckConstraint(condition=~Q(text=""), name="brand_has_text"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("brands:watch-list-detail", args=[self.pk])


class ListRevision(models.Model):
    """One row: how often any watch list has changed.

    Whoever changes a list locks the row first, so that revisions become visible in their order: a
    name judged at revision n has met every brand whose revision is n or less.
    """

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("revision of the watch lists")
        verbose_name_plural = _("revision of the watch lists")

    def __str__(self) -> str:
        return str(self.number)
