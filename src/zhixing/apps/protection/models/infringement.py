"""The thin file of an infringement, and the facts found in it over time."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class InfringementFile(Placed):
    """One confirmed suspicion being dealt with, until an officer has decided and closed it.

    It is what the law needs of a case before the procedure of cases takes it over: who, which
    mark, which act and when, what was found, what was decided.
    """

    class Act(models.TextChoices):
        """The seven kinds of Trademark Law art 57 (art 72 of the text of 2026), as in the law."""

        IDENTICAL_MARK = "identical_mark", _("Identical mark on identical goods")
        SIMILAR_MARK = "similar_mark", _("Similar mark or goods, likely to confuse")
        SELLING = "selling", _("Selling infringing goods")
        LABELS = "labels", _("Forging or selling labels")
        REVERSE = "reverse", _("Reverse passing-off")
        FACILITATION = "facilitation", _("Wilfully helping an infringement")
        OTHER = "other", _("Other harm to the mark")

    class State(models.TextChoices):
        OPENED = "opened", _("File opened")
        INVESTIGATED = "investigated", _("Investigated")
        SUSPENDED = "suspended", _("Investigation suspended")
        DECIDED = "decided", _("Decision taken")
        CLOSED = "closed", _("File closed")

    lead = models.OneToOneField(
        "leads.Lead",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="infringement_file",
        verbose_name=_("lead"),
    )
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="infringement_files",
        verbose_name=_("subject"),
    )
    party_name = models.CharField(_("party"), max_length=200)
    trade_mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="infringement_files",
        verbose_name=_("mark in the register"),
    )
    mark_text = models.CharField(_("mark"), max_length=120)
    act_kind = models.CharField(_("kind of act"), max_length=20, choices=Act.choices)
    acted_on = models.DateField(_("day of the act"))
    is_service = models.BooleanField(_("the mark is used for services"), default=False)
    marks_count = models.PositiveSmallIntegerField(_("number of marks"), default=1)
    earlier_acts = models.PositiveSmallIntegerField(
        _("earlier infringements within five years"), default=0
    )
    sanctioned_before = models.BooleanField(
        _("punished for counterfeiting within two years before"), default=False
    )
    source_shown = models.BooleanField(_("seller proves a lawful source"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.OPENED, editable=False
    )
    state_before = models.CharField(max_length=12, blank=True, editable=False)
    suspended_for = models.CharField(_("suspended for"), max_length=300, blank=True, editable=False)
    outcome = models.TextField(_("outcome"), blank=True, editable=False)
    findings = models.TextField(_("findings"), blank=True, editable=False)
    why_no_transfer = models.TextField(_("why no transfer"), blank=True, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="infringement_files",
        editable=False,
        verbose_name=_("officer"),
    )
    opened_on = models.DateField(_("file opened on"), editable=False)
    decided_on = models.DateField(_("decision taken on"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("file closed on"), null=True, blank=True, editable=False)
    # What the alert said last, so that lists need not compute it: see `crime_alert`.
    crime_suspected = models.BooleanField(_("crime suspected"), default=False, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("infringement file")
        verbose_name_plural = _("infringement files")
        ordering = ["-opened_on", "-pk"]
        indexes = [
            models.Index(fields=["opened_on", "id"], name="infringement_opened"),
            models.Index(fields=["acted_on", "id"], name="infringement_acted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | ~Q(outcome=""),
                name="infringement_decided_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(decided_on__lte=F("closed_on")),
                name="infringement_closed_after_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.party_name

    def get_absolute_url(self) -> str:
        return reverse("protection:files-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether facts may still be entered."""
        return self.state not in {self.State.DECIDED, self.State.CLOSED}


class FileFact(models.Model):
    """An amount found on a day; what proves wrong is withdrawn, not rubbed out."""

    class Measure(models.TextChoices):
        """What is measured, in the terms of the criminal and the administrative rules."""

        TURNOVER = "turnover", _("Illegal turnover (yuan)")
        GAINS = "gains", _("Illegal gains (yuan)")
        SALES = "sales", _("Sales (yuan)")
        UNSOLD = "unsold", _("Value of unsold goods (yuan)")
        PIECES = "pieces", _("Labels (pieces)")
        GOODS = "goods", _("Infringing goods (pieces)")

    file = models.ForeignKey(
        InfringementFile, models.PROTECT, related_name="facts", verbose_name=_("infringement file")
    )
    measure = models.CharField(_("kind of amount"), max_length=12, choices=Measure.choices)
    amount = models.DecimalField(_("amount found"), max_digits=16, decimal_places=2)
    found_on = models.DateField(_("found on"))
    basis = models.CharField(_("how it was established"), max_length=300)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    withdrawn_for = models.CharField(_("withdrawn because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("amount entered")
        verbose_name_plural = _("amounts entered")
        ordering = ["found_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="fact_amount_positive")
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.amount.normalize():f}"

    @property
    def unit_path(self) -> str:
        """The office of the file, for the jurisdiction rules."""
        return str(self.file.unit_path)
