"""What the guard found, and what it has looked at already."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.models.kinds import NameKind
from zhixing.apps.brands.models.sweep import Sweep
from zhixing.apps.brands.models.watch import WatchedMark
from zhixing.kit.scope import Placed


class Hit(Placed):
    """A name found like a brand, or like another operator's trade name.

    Every hit is kept: one that becomes a lead, one that is left alone with its ground (the
    holder's own, under licence), and one that no longer holds since the name was changed.
    """

    class Against(models.TextChoices):
        MARK = "mark", _("Watched brand")
        TRADE_NAME = "trade_name", _("Trade name of another operator")

    class Standing(models.TextChoices):
        LEAD = "lead", _("Lead")
        EXCLUDED = "excluded", _("Left alone")
        GONE = "gone", _("No longer alike")

    class Ground(models.TextChoices):
        HOLDER = "holder", _("The holder's own")
        LICENCE = "licence", _("Used under licence")

    class Channel(models.TextChoices):
        IDENTICAL = "identical", _("identical")
        GLYPH = "glyph", _("glyph")
        SOUND = "sound", _("sound")
        ORDER = "order", _("position")
        PART = "part", _("part of the name")
        MEANING = "meaning", _("meaning")
        LATIN = "latin", _("letters")

    name_kind = models.CharField(_("kind of name"), max_length=10, choices=NameKind.choices)
    object_id = models.PositiveBigIntegerField(_("row of the name"))
    name = models.CharField(_("name"), max_length=200)
    # Of a label or an offer, the words that are alike; empty where it is the whole.
    part = models.CharField(_("part of the text"), max_length=200, blank=True)
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="brand_hits",
        verbose_name=_("operator"),
    )
    against = models.CharField(_("like what"), max_length=10, choices=Against.choices)
    watched = models.ForeignKey(
        WatchedMark,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hits",
        verbose_name=_("watched brand"),
    )
    rival = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other operator"),
    )
    like = models.CharField(_("brand or trade name"), max_length=120)
    protection = models.CharField(
        _("protection"), max_length=15, choices=WatchedMark.Protection.choices, blank=True
    )
    likeness = models.CharField(_("kind of likeness"), max_length=30, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, blank=True)
    is_overseas = models.BooleanField(_("overseas company or dressing"), default=False)
    probability = models.FloatField(_("probability"))
    sentence = models.TextField(_("reasons"), blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices)
    ground = models.CharField(
        _("left alone because"), max_length=10, choices=Ground.choices, blank=True
    )
    ground_text = models.CharField(_("what shows it"), max_length=200, blank=True)
    authorisation = models.ForeignKey(
        "registry.Authorisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contract"),
    )
    lead = models.ForeignKey(
        "leads.Lead",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead"),
    )
    sweep = models.ForeignKey(
        Sweep, models.SET_NULL, null=True, blank=True, related_name="found", verbose_name=_("sweep")
    )
    key = models.CharField(_("key"), max_length=64, unique=True, editable=False)
    found_at = models.DateTimeField(_("found"))
    judged_at = models.DateTimeField(_("last judged"))

    class Meta:
        verbose_name = _("hit")
        verbose_name_plural = _("hits")
        indexes = [
            models.Index(fields=["name_kind", "object_id"], name="hit_of_name"),
            models.Index(fields=["-probability", "-id"], name="hit_rank"),
            models.Index(fields=["found_at", "id"], name="hit_found"),
            models.Index(fields=["judged_at", "id"], name="hit_judged"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(standing="excluded") & ~Q(ground="")) | ~Q(standing="excluded"),
                name="hit_excluded_with_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ≈ {self.like}"

    @property
    def alike(self) -> str:
        """The words that are alike."""
        return self.part or self.name

    def get_absolute_url(self) -> str:
        if self.lead_id is not None:
            return reverse("leads:lead", args=[self.lead_id])
        return reverse("brands:hit", args=[self.pk])


class JudgedName(Placed):
    """That a name was judged: what it was then, and up to which revision of the watch lists.

    A name is due when its digest has changed (text, circumstances, engine) or when a brand has a
    later revision; nothing else is judged twice.
    """

    name_kind = models.CharField(_("kind of name"), max_length=10, choices=NameKind.choices)
    object_id = models.PositiveBigIntegerField(_("row of the name"))
    digest = models.BigIntegerField(_("digest"))
    revision = models.PositiveBigIntegerField(_("revision of the watch lists"))
    judged_at = models.DateTimeField(_("judged"))
    # A new enterprise name that a sweep has yet to hold against its place and trade.
    awaits_rivals = models.BooleanField(_("awaits its place and trade"), default=False)

    class Meta:
        verbose_name = _("judged name")
        verbose_name_plural = _("judged names")
        indexes = [
            models.Index(fields=["judged_at"], name="judged_name_at"),
            models.Index(
                fields=["object_id"], name="judged_name_awaits", condition=Q(awaits_rivals=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["name_kind", "object_id"], name="judged_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.name_kind} {self.object_id}"
