"""How texts came in: one paste, file, import, folder scan, call or crawl."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Source(models.TextChoices):
    PASTE = "paste", _("Pasted")
    UPLOAD = "upload", _("Uploaded file")
    IMPORT = "import", _("Imported list")
    FOLDER = "folder", _("Watched folder")
    REST = "rest", _("Sent by a program")
    CRAWL = "crawl", _("Crawl snapshot")


class Capture(Placed):
    """One act of capturing; the file itself is evidence of it (kit.files), under its hash."""

    source = models.CharField(_("how"), max_length=10, choices=Source.choices)
    name = models.CharField(_("file or place"), max_length=200, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=500, blank=True)
    sm3 = models.CharField(_("SM3"), max_length=64, db_index=True)
    captured_at = models.DateTimeField(_("captured"))
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    texts = models.PositiveIntegerField(_("texts"), default=0)
    new_ads = models.PositiveIntegerField(_("new advertisements"), default=0)
    new_placements = models.PositiveIntegerField(_("new placements"), default=0)
    # Parts of the file that could not be used, each with where and why.
    rejects = models.JSONField(_("not usable"), default=list)
    # A page of a crawl or a picture whose text is still to be read.
    job = models.ForeignKey("kit.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        indexes = [models.Index(fields=["captured_at", "id"], name="capture_at")]

    def __str__(self) -> str:
        return self.name or str(self.get_source_display())

    def get_absolute_url(self) -> str:
        return reverse("adverts:captures-detail", args=[self.pk])


class WatchedFolder(Placed):
    """A folder below the bureau's drop folder whose new files are captured by a job."""

    folder = models.CharField(_("folder"), max_length=120, unique=True)
    medium = models.ForeignKey(
        "media.Medium",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("medium"),
    )
    is_active = models.BooleanField(_("watched"), default=True)
    # Name → size, change time and SM3 of every file that was taken, so that none is taken twice.
    taken = models.JSONField(default=dict, editable=False)
    looked_at = models.DateTimeField(_("last looked at"), null=True, editable=False)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("watched folder")
        verbose_name_plural = _("watched folders")

    def __str__(self) -> str:
        return self.folder
