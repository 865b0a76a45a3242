"""Precedents: closed cases and published decisions, masked, reviewed and searchable."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Precedent(Placed):
    """One decided case, told without its parties' identity.

    A draft is seen by the offices it belongs to; once a second person has reviewed it, it is in
    the library and every officer of the bureau may read it.
    """

    class Source(models.TextChoices):
        OWN = "own", _("Own case")
        PUBLISHED = "published", _("Published decision")

    class Outcome(models.TextChoices):
        ESTABLISHED = "established", _("Established")
        NOT_ESTABLISHED = "not_established", _("Not established")
        MEDIATED = "mediated", _("Mediated")
        TRANSFERRED = "transferred", _("Transferred")

    class State(models.TextChoices):
        DRAFT = "draft", _("Waiting for review")
        PUBLISHED = "published", _("In the library")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.CharField(_("case title"), max_length=200)
    number = models.CharField(_("number of the decision"), max_length=80, blank=True)
    act_kind = models.CharField(_("kind of act"), max_length=30)
    parties = models.CharField(_("parties, masked"), max_length=200, blank=True)
    facts = models.TextField(_("facts of the case"), max_length=4000)
    protected = models.CharField(_("protected name or mark"), max_length=120, blank=True)
    accused = models.CharField(_("name or mark complained of"), max_length=120, blank=True)
    # Reasons of the look-alike engine on the two names, worked out when they are saved.
    likeness = models.JSONField(_("likeness"), default=list, blank=True, editable=False)
    nice_classes = models.JSONField(_("goods classes"), default=list, blank=True)
    # One citation a line, as `precedents.articles` writes them.
    articles = models.TextField(_("articles applied"), max_length=1000, blank=True)
    acted_on = models.DateField(_("day of the act"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    penalty = models.TextField(_("penalty"), max_length=1000, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.PUBLISHED
    )
    reference = models.CharField(_("where it was published"), max_length=300, blank=True)
    lead = models.OneToOneField(
        "leads.Lead",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="precedent",
        verbose_name=_("lead"),
    )

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True, editable=False)
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("precedent")
        verbose_name_plural = _("precedents")
        ordering = ["-decided_on", "-pk"]
        indexes = [
            models.Index(fields=["decided_on", "id"], name="precedent_decided"),
            models.Index(fields=["state", "act_kind", "-decided_on"], name="precedent_like"),
            models.Index(fields=["protected"], name="precedent_protected"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_path", "number"],
                condition=~Q(number=""),
                name="precedent_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="precedent_published_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("written_by")),
                name="precedent_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("precedents:library-detail", args=[self.pk])

    @property
    def channels(self) -> list[str]:
        """In what the two names are alike: glyph, sound, order, …"""
        return channels_of(self.likeness)

    @property
    def citations(self) -> list[str]:
        """The articles applied, one by one."""
        return self.articles.splitlines()


def channels_of(reasons: list[dict[str, Any]]) -> list[str]:
    """The channels that reasons of the look-alike engine name, each once."""
    return sorted({str(reason["channel"]) for reason in reasons if reason.get("channel")})
