"""Recommendation dossiers: criterion by criterion, stage by stage."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.kit.scope import Placed


class Dossier(Placed):
    """One recommendation of one mark; its kind, criteria and clocks stand in `law/dossiers`."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Being gathered")
        COMPLETE = "complete", _("Complete")
        SENT_UP = "sent_up", _("Sent up")
        PROVINCE = "province", _("At the province")
        OFFICE = "office", _("At the trade-mark office")
        RECOGNISED = "recognised", _("Recognised")
        REFUSED = "refused", _("Not recognised")

    ENDS = (Stage.RECOGNISED, Stage.REFUSED)

    kind = models.CharField(_("kind"), max_length=20)
    mark_text = models.CharField(_("mark"), max_length=120)
    mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name=_("trade mark"),
    )
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mark_dossiers",
        verbose_name=_("applicant"),
    )
    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    draft_on = models.DateField(_("begun on"))
    complete_on = models.DateField(_("complete on"), null=True, blank=True, editable=False)
    sent_up_on = models.DateField(_("sent up on"), null=True, blank=True, editable=False)
    province_on = models.DateField(
        _("received by the province on"), null=True, blank=True, editable=False
    )
    office_on = models.DateField(
        _("at the trade-mark office since"), null=True, blank=True, editable=False
    )
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True, editable=False)
    refused_on = models.DateField(_("not recognised on"), null=True, blank=True, editable=False)
    case_filed_on = models.DateField(_("case filed on"), null=True, blank=True)
    case_closed_on = models.DateField(_("case dealt with on"), null=True, blank=True)
    due_on = models.DateField(_("next stage due"), null=True, blank=True, editable=False)
    due_is_provisional = models.BooleanField(
        _("due date provisional"), default=False, editable=False
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("recommendation dossier")
        verbose_name_plural = _("recommendation dossiers")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["mark_text", "id"], name="dossier_text"),
            models.Index(fields=["due_on", "id"], name="dossier_due"),
            models.Index(fields=["updated", "id"], name="dossier_updated"),
        ]

    def __str__(self) -> str:
        return self.mark_text

    def get_absolute_url(self) -> str:
        return reverse("trademarks:dossiers-detail", args=[self.pk])

    def reached(self, event: str) -> date | None:
        """The day of a stage, or of the case's filing or end."""
        day: date | None = getattr(self, f"{event}_on")
        return day

    @property
    def law(self) -> law.DossierKind:
        """What the law table says of its kind."""
        return law.dossier_kind(self.kind)


class DossierCriterion(models.Model):
    """What was found of one criterion; its evidence files hang on it."""

    class Verdict(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        UNCERTAIN = "uncertain", _("Cannot tell yet")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="criteria")
    code = models.CharField(_("criterion"), max_length=30)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    # Places, from 0, of the papers of the law table's list that are in hand.
    papers = models.JSONField(_("papers in hand"), default=list, blank=True)
    note = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("criterion of a dossier")
        verbose_name_plural = _("criteria of a dossier")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "code"], name="dossier_criterion_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("trademarks:criterion", args=[self.dossier_id, self.code])

    @property
    def unit_path(self) -> str:
        """The office of the dossier, for the jurisdiction rules."""
        return self.dossier.unit_path
