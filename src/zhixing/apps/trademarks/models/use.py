"""Evidence that a mark is used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class MarkUse(Placed):
    """One use of a mark that was seen or proved, on a day; it is never edited."""

    class How(models.TextChoices):
        GOODS = "goods", _("On goods")
        PACKAGE = "package", _("On packages or labels")
        PAPERS = "papers", _("In contracts or invoices")
        PUBLICITY = "publicity", _("In publicity")
        ONLINE = "online", _("On the internet")
        OTHER = "other", _("Otherwise")

    mark = models.ForeignKey(
        "registry.TradeMark", models.PROTECT, related_name="uses", verbose_name=_("trade mark")
    )
    used_on = models.DateField(_("used on"))
    how = models.CharField(_("how it is used"), max_length=10, choices=How.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("use of a mark")
        verbose_name_plural = _("uses of marks")
        ordering = ["-used_on", "-pk"]
        indexes = [models.Index(fields=["mark", "-used_on"], name="mark_use_day")]

    def __str__(self) -> str:
        return f"{self.used_on} {self.get_how_display()}"
