"""The book of deeds: a chain of entries, each sealed with SM3 over the one before."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import PathField, ScopedQuerySet


class AuditEntry(models.Model):
    """One deed or one read of unmasked personal data. Never changed, never deleted.

    The sealed content is in `body` as canonical JSON; the other columns repeat parts of it for
    filtering and are checked against it by `zhixing audit verify`.
    """

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    actor_label = models.CharField(_("who"), max_length=80)
    unit_path = PathField(_("office"), blank=True, db_index=True)
    deed = models.CharField(_("deed"), max_length=60, db_index=True)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("object number"), max_length=40, blank=True)
    body = models.TextField(_("sealed content"))
    previous = models.CharField(_("seal before"), max_length=64)
    seal = models.CharField(_("seal"), max_length=64, unique=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-sequence"], name="audit_object")
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.deed}"

    def get_absolute_url(self) -> str:
        return reverse("audit:entry", args=[self.sequence])

    @cached_property
    def content(self) -> dict[str, Any]:
        """The sealed content."""
        content: dict[str, Any] = json.loads(self.body)
        return content


class ChainHead(models.Model):
    """The chain's last number and seal: a cut-off tail shows, and writers queue on this row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("chain head")
        verbose_name_plural = _("chain heads")

    def __str__(self) -> str:
        return f"{self.sequence} {self.seal[:12]}"
