"""What an officer keeps of a register: filters under a name, and the columns to see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import PathField


class SavedFilter(models.Model):
    """A filter of a register under a name; shared, the whole office of its owner may use it."""

    register = models.CharField(_("register"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    unit_path = PathField(_("office"), blank=True)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filter"), max_length=2000)
    is_shared = models.BooleanField(_("shared with my office"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "owner", "name"], name="savedfilter_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """The columns one officer wants to see in a register, in this order."""

    register = models.CharField(_("register"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    columns = models.JSONField(_("columns"), default=list)

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")
        constraints = [
            models.UniqueConstraint(fields=["register", "owner"], name="columnchoice_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.owner_id}"
