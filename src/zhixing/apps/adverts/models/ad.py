"""One advertisement: a text, whoever printed it and wherever it appeared."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.actors import Actor
from zhixing.kit.scope import Placed, ScopedQuerySet, within_any

TITLE_LENGTH = 40


class AdQuerySet(ScopedQuerySet["Ad"]):
    """Advertisements an office may see: those it captured and those that ran on its media."""

    def visible_to(self, actor: Actor) -> Any:
        from zhixing.apps.adverts.models.placement import Placement

        own = within_any(actor.scope_paths)
        if not own:
            return self
        placed = Placement.objects.filter(within_any(actor.scope_paths), ad=OuterRef("pk"))
        return self.filter(own | Q(Exists(placed)))


class Ad(Placed):
    """A text that was captured, once for all its placements; a variant names the first text."""

    class Reading(models.TextChoices):
        """Where the advertisement stands on the review desk."""

        NONE = "none", _("Not to be read")
        FIRST = "first", _("To be read")
        SECOND = "second", _("To be read a second time")
        DISPUTED = "disputed", _("Readers disagree")
        DONE = "done", _("Read")

    class Verdict(models.TextChoices):
        CLEAR = "clear", _("Nothing unlawful found")
        VIOLATING = "violating", _("Unlawful")
        SERIOUS = "serious", _("Seriously unlawful")

    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    # SHA-256 of letters and digits: what differs in spacing and symbols alone is the same text.
    text_key = models.CharField(max_length=64, unique=True, editable=False)
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="variants",
        verbose_name=_("variant of"),
    )
    # The plain form differs where symbols were put between characters; the engine sees all prints.
    is_whole = models.BooleanField(
        _("whole advertisement"),
        default=False,
        help_text=_("Only then missing statements are looked for."),
    )
    category = models.CharField(_("product category"), max_length=30, blank=True)
    detected_category = models.CharField(
        _("category by its words"), max_length=30, blank=True, editable=False
    )
    detected_probability = models.FloatField(_("probability"), null=True, editable=False)
    product = models.CharField(_("product"), max_length=120, blank=True)
    advertiser = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ads",
        verbose_name=_("advertiser in the register"),
    )
    advertiser_name = models.CharField(_("advertiser"), max_length=200, blank=True)
    agent = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ads_made",
        verbose_name=_("agent in the register"),
    )
    agent_name = models.CharField(_("agent"), max_length=200, blank=True)
    endorser = models.CharField(_("endorser"), max_length=60, blank=True)
    # The approval number as the text shows it, normalised; empty when it shows none.
    approval_number = models.CharField(
        _("approval number shown"), max_length=60, blank=True, editable=False
    )
    first_seen = models.DateField(_("first seen"), null=True, editable=False)
    last_seen = models.DateField(_("last seen"), null=True, editable=False)
    placement_count = models.PositiveIntegerField(_("placements"), default=0, editable=False)

    is_due = models.BooleanField(_("to be screened"), default=True, editable=False)
    screened_version = models.CharField(
        _("rules it was screened by"), max_length=40, blank=True, editable=False
    )
    screened_at = models.DateTimeField(_("screened"), null=True, editable=False)
    score = models.FloatField(_("probability of a violation"), default=0.0, editable=False)
    is_serious = models.BooleanField(_("serious suspicion"), default=False, editable=False)

    reading = models.CharField(
        _("reading"), max_length=10, choices=Reading.choices, default=Reading.NONE, editable=False
    )
    is_double = models.BooleanField(_("drawn for a second reading"), default=False, editable=False)
    is_sample = models.BooleanField(
        _("drawn though nothing was found"), default=False, editable=False
    )
    # Share of the advertisements without findings that were drawn when this one was.
    sample_share = models.FloatField(null=True, editable=False)
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=Verdict.choices, blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    lead = models.ForeignKey(
        "leads.Lead",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="ads",
        verbose_name=_("lead"),
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar[models.Manager[Any]] = AdQuerySet.as_manager()

    class Meta:
        verbose_name = _("advertisement")
        verbose_name_plural = _("advertisements")
        indexes = [
            models.Index(fields=["reading", "-is_sample", "-score", "id"], name="ad_reading"),
            models.Index(fields=["score", "id"], name="ad_score"),
            models.Index(fields=["last_seen", "id"], name="ad_last_seen"),
            models.Index(fields=["updated", "id"], name="ad_updated"),
            models.Index(fields=["created", "id"], name="ad_created"),
            models.Index(fields=["placement_count", "id"], name="ad_placements"),
            models.Index(fields=["id"], name="ad_due", condition=Q(is_due=True)),
            models.Index(
                fields=["approval_number"], name="ad_approval", condition=~Q(approval_number="")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="ad_has_text"),
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="ad_probability"
            ),
        ]

    def __str__(self) -> str:
        return self.title or " ".join(self.text.split())[:TITLE_LENGTH]

    def get_absolute_url(self) -> str:
        return reverse("adverts:ads-detail", args=[self.pk])

    @property
    def kind_of_product(self) -> str:
        """The category given, else the one its words tell."""
        return self.category or self.detected_category


class AdBand(models.Model):
    """A number that near-duplicates are likely to share (`engines.neardup`)."""

    ad = models.ForeignKey(Ad, models.CASCADE, related_name="bands")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "ad"], name="adband_value")]

    def __str__(self) -> str:
        return f"{self.ad_id}: {self.value}"
