"""A mark that an office helps into being: from a good idea to a mark in use that people know."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Cultivation(Placed):
    """One mark on its way; the day each stage was reached is kept, and decides the stage.

    A request for help with a filing is the same row in its first stages: it has a day on which
    the operator asked, a due day and an officer.
    """

    personal_fields = {"contact_name": "name", "contact_phone": "phone"}

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary mark")
        COLLECTIVE = "collective", _("Collective mark")
        CERTIFICATION = "certification", _("Certification mark")
        GEOGRAPHICAL = "geographical", _("Geographical indication")
        AGRICULTURAL = "agricultural", _("Farm-produce mark")

    class Stage(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        GUIDED = "guided", _("Guided")
        FILED = "filed", _("Filing made")
        REGISTERED = "registered", _("Mark registered")
        IN_USE = "in_use", _("In use")
        FAMOUS = "famous", _("Famous")
        DROPPED = "dropped", _("Dropped")
        REFUSED = "refused", _("Refused")

    # The way forward, in order; whoever leaves it by a side exit is dropped or refused.
    PATH = (
        Stage.CANDIDATE,
        Stage.GUIDED,
        Stage.FILED,
        Stage.REGISTERED,
        Stage.IN_USE,
        Stage.FAMOUS,
    )
    EXITS = (Stage.DROPPED, Stage.REFUSED)
    WAITING = (Stage.CANDIDATE, Stage.GUIDED)
    OBTAINED = (Stage.REGISTERED, Stage.IN_USE, Stage.FAMOUS)

    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cultivations",
        verbose_name=_("subject"),
    )
    mark_text = models.CharField(_("mark"), max_length=120)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.ORDINARY)
    trade_mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cultivations",
        verbose_name=_("trade mark"),
    )
    goods = models.CharField(_("goods and services"), max_length=300, blank=True)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage.choices, default=Stage.CANDIDATE
    )
    candidate_on = models.DateField(_("candidate since"))
    guided_on = models.DateField(_("guided on"), null=True, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    registered_on = models.DateField(_("mark registered on"), null=True, blank=True)
    in_use_on = models.DateField(_("in use since"), null=True, blank=True)
    famous_on = models.DateField(_("famous since"), null=True, blank=True)
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    filing_number = models.CharField(_("application number"), max_length=20, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=20, blank=True)

    # What is ready for the filing, besides the classes.
    searched_on = models.DateField(_("searched on"), null=True, blank=True)
    search_note = models.CharField(_("result of the search"), max_length=200, blank=True)
    documents_on = models.DateField(_("documents complete on"), null=True, blank=True)

    help_asked_on = models.DateField(_("help asked for on"), null=True, blank=True)
    help_due_on = models.DateField(_("help due"), null=True, blank=True, editable=False)
    help_due_is_provisional = models.BooleanField(
        _("due date provisional"), default=False, editable=False
    )
    request = models.CharField(_("what is asked for"), max_length=300, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact's phone"), max_length=30, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cultivations",
        verbose_name=_("officer"),
    )

    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("mark cultivated")
        verbose_name_plural = _("marks cultivated")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["mark_text", "id"], name="cultivation_text"),
            models.Index(fields=["candidate_on", "id"], name="cultivation_candidate"),
            models.Index(fields=["filed_on", "id"], name="cultivation_filed"),
            models.Index(fields=["registered_on", "id"], name="cultivation_registered"),
            models.Index(fields=["help_due_on", "id"], name="cultivation_help_due"),
            models.Index(fields=["updated", "id"], name="cultivation_updated"),
            models.Index(fields=["stage", "unit_path"], name="cultivation_stage"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(mark_text=""), name="cultivation_has_text"),
            models.CheckConstraint(
                condition=~Q(stage="registered") | Q(registered_on__isnull=False),
                name="cultivation_registered_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.mark_text

    def get_absolute_url(self) -> str:
        return reverse("trademarks:cultivations-detail", args=[self.pk])

    @classmethod
    def label_of(cls, name: str) -> str:
        """What a field is called on screen."""
        return capfirst(str(getattr(cls._meta.get_field(name), "verbose_name", name)))

    def reached(self, stage: str) -> date | None:
        """The day on which the stage was reached, or None."""
        day: date | None = getattr(self, f"{stage}_on")
        return day

    @property
    def stage_by_days(self) -> str:
        """The stage that the days say: a side exit, else the furthest stage reached."""
        for stage in (*self.EXITS, *reversed(self.PATH)):
            if self.reached(stage) is not None:
                return str(stage)
        return str(self.Stage.CANDIDATE)

    @property
    def since(self) -> date | None:
        """Since when it is in its stage."""
        return self.reached(self.stage)

    @property
    def waits_for_help(self) -> bool:
        """Whether the operator asked for help and nobody has given it."""
        return self.help_asked_on is not None and self.stage == self.Stage.CANDIDATE
