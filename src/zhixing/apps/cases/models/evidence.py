"""Evidence of a case: what it is, where it comes from, what it proves, what was said against it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case
from zhixing.kit.scope import Placed


class CaseEvidence(Placed):
    """One piece of evidence; its files hang on it by hash (Penalty Law art 46: eight kinds)."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Documentary evidence")
        OBJECT = "object", _("Physical evidence")
        AUDIO_VIDEO = "audio_video", _("Audio-visual material")
        ELECTRONIC = "electronic", _("Electronic data")
        WITNESS = "witness", _("Testimony")
        PARTY = "party", _("Statement of the party")
        APPRAISAL = "appraisal", _("Expert opinion")
        RECORD = "record", _("On-site record")

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind of evidence"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("name of the evidence"), max_length=200)
    source = models.CharField(_("provided by"), max_length=200, blank=True)
    place = models.CharField(_("taken at"), max_length=200, blank=True)
    obtained_on = models.DateField(_("taken on"))
    pages = models.PositiveSmallIntegerField(_("pages"), default=1)
    proves = models.CharField(_("what it proves"), max_length=300)
    objection = models.CharField(_("objection of the party"), max_length=300, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["obtained_on", "pk"]
        indexes = [models.Index(fields=["obtained_on", "id"], name="case_evidence_obtained")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:evidence-detail", args=[self.pk])
