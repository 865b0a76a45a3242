"""Trade marks worth looking after."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry.models.subject import Subject
from zhixing.kit.scope import Placed


class TradeMark(Placed):
    """A trade mark and the protection it enjoys; the office is the one that looks after it."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary mark")
        COLLECTIVE = "collective", _("Collective mark")
        CERTIFICATION = "certification", _("Certification mark")
        GEOGRAPHICAL = "geographical", _("Geographical indication")

    class Protection(models.TextChoices):
        """What raises a mark above others; a mark may have several, and none is an empty list."""

        WELL_KNOWN = "well_known", _("Well-known mark")
        PROVINCIAL = "provincial", _("Provincial famous mark (old scheme)")
        FOREIGN = "foreign", _("Foreign mark")

    class Status(models.TextChoices):
        FILED = "filed", _("Filed")
        REGISTERED = "registered", _("Registered")
        EXPIRED = "expired", _("Expired")
        REFUSED = "refused", _("Refused")
        INVALID = "invalid", _("Declared invalid")
        CANCELLED = "cancelled", _("Cancelled")

    text = models.CharField(_("mark"), max_length=120)
    image = models.ForeignKey(
        "kit.EvidenceFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    registration_number = models.CharField(_("registration number"), max_length=20, blank=True)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    similar_groups = models.JSONField(_("similar groups"), default=list, blank=True)
    holder_name = models.CharField(_("holder"), max_length=200, blank=True)
    holder = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trade_marks",
        verbose_name=_("holder in the register"),
    )
    # Of a foreign holder: where it sits, and who acts for it here.
    holder_country = models.CharField(_("country of the holder"), max_length=60, blank=True)
    agent_name = models.CharField(_("agent"), max_length=200, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.ORDINARY)
    protection = models.JSONField(_("protection"), default=list, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.REGISTERED
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("trade mark")
        verbose_name_plural = _("trade marks")
        indexes = [
            models.Index(fields=["text", "id"], name="trademark_text"),
            models.Index(fields=["expires_on", "id"], name="trademark_expires"),
            models.Index(fields=["updated", "id"], name="trademark_updated"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_number"],
                name="trademark_registration_number",
                condition=~Q(registration_number=""),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("registry:marks-detail", args=[self.pk])

    @property
    def protection_labels(self) -> list[str]:
        """The protections in words, in the order of the list."""
        labels = dict(self.Protection.choices)
        return [str(labels.get(code, code)) for code in self.protection]
