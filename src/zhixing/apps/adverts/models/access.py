"""Keys by which other systems send advertisements."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class CaptureKey(Placed):
    """A key of one system; it captures for one office, in the name of whoever made it.

    Only the SHA-256 of the key is kept: a key has 256 random bits, so nothing slower is needed.
    """

    name = models.CharField(_("system"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    is_active = models.BooleanField(_("in force"), default=True)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("key for programs")
        verbose_name_plural = _("keys for programs")

    def __str__(self) -> str:
        return self.name
