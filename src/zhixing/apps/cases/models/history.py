"""The steps a case has taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case


class CaseStep(models.Model):
    """One step: from where to where, by whom, when and why. Nothing of it changes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    code = models.CharField(_("step"), max_length=30)
    source = models.CharField(_("from"), max_length=20)
    target = models.CharField(_("to"), max_length=20)
    # The day that counts in law; entered later than it happened, the two differ.
    on = models.DateField(_("day"))
    taken_at = models.DateTimeField(_("entered"), auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("officer"),
    )  # fmt: skip
    note = models.TextField(_("reason or opinion"), blank=True)
    # What the case said when the step was taken, so that later changes leave it as it stood.
    facts = models.JSONField(_("as it stood"), default=dict)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of a case")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case} · {self.code}"
