"""Evidence files and what they are evidence of."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class EvidenceFile(Placed):
    """One file as it was received. The content lies in the store under its SM3, once."""

    sm3 = models.CharField("SM3", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("kind of file"), max_length=100)
    name = models.CharField(_("file"), max_length=200)
    source = models.CharField(_("source"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    at = models.DateTimeField(_("received"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("officer"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where the file is fetched."""
        return reverse("files:file", args=[self.pk])


class EvidenceLink(models.Model):
    """What a file is evidence of."""

    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="links")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    role = models.CharField(_("what it is for"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes = [models.Index(fields=["content_type", "object_id"], name="evidence_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "content_type", "object_id"], name="evidence_linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} · {self.caption}"
