"""Operators and the people who answer for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Subject(Placed):
    """One operator under supervision, keyed by its code for life or by its source list's key."""

    personal_fields = {"phone": "phone", "legal_representative": "name"}

    class Kind(models.TextChoices):
        """What the operator is today; never read from the code, which keeps its first category."""

        ENTERPRISE = "enterprise", _("Enterprise")
        SELF_EMPLOYED = "self_employed", _("Self-employed business")
        COOPERATIVE = "cooperative", _("Farmers' co-operative")
        INSTITUTION = "institution", _("Public institution")
        OVERSEAS = "overseas", _("Overseas company")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        ACTIVE = "active", _("In business")
        SUSPENDED = "suspended", _("Suspended")
        REVOKED = "revoked", _("Revoked")
        DEREGISTERED = "deregistered", _("Deregistered")

    uscc = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=200)
    # The parts of the name, by the grammar of engines.lookalike; empty where a part is not present.
    division = models.CharField(_("administrative division"), max_length=60, blank=True)
    trade_name = models.CharField(_("trade name"), max_length=120, blank=True, db_index=True)
    industry_words = models.CharField(_("industry words"), max_length=120, blank=True)
    form = models.CharField(_("form of organisation"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ENTERPRISE)
    industry = models.CharField(_("industry (GB/T 4754)"), max_length=5, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    region = models.ForeignKey(
        "accounts.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # the index of region and industry serves it too
        verbose_name=_("region"),
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    # Since when it bears its present name, if not from the beginning; and its last day.
    renamed_on = models.DateField(_("name changed on"), null=True, blank=True)
    ended_on = models.DateField(_("deregistered on"), null=True, blank=True)
    external_key = models.CharField(_("key in the source list"), max_length=80, blank=True)
    source_import = models.ForeignKey(
        "kit.ImportRun",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("came with import"),
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        indexes = [
            models.Index(fields=["name", "id"], name="subject_name"),
            models.Index(fields=["registered_on", "id"], name="subject_registered"),
            models.Index(fields=["updated", "id"], name="subject_updated"),
            models.Index(fields=["industry", "id"], name="subject_industry"),
            models.Index(fields=["region", "industry"], name="subject_region_industry"),
            models.Index(
                fields=["ended_on"], name="subject_ended", condition=Q(ended_on__isnull=False)
            ),
            models.Index(fields=["phone"], name="subject_phone", condition=~Q(phone="")),
            models.Index(fields=["address"], name="subject_address", condition=~Q(address="")),
            models.Index(
                fields=["legal_representative"],
                name="subject_representative",
                condition=~Q(legal_representative=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_key"], name="subject_external_key", condition=~Q(external_key="")
            ),
            models.CheckConstraint(condition=~Q(uscc=""), name="subject_uscc_null_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:subjects-detail", args=[self.pk])


class FormerName(models.Model):
    """A name that an operator bore until it took another."""

    subject = models.ForeignKey(
        Subject, models.CASCADE, related_name="former_names", verbose_name=_("subject")
    )
    name = models.CharField(_("name"), max_length=200)
    trade_name = models.CharField(_("trade name"), max_length=120, blank=True, db_index=True)
    used_until = models.DateField(_("borne until"), db_index=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-used_until", "-pk"]

    def __str__(self) -> str:
        return self.name


class SubjectPerson(models.Model):
    """A person in a role at an operator; who they are is personal data."""

    personal_fields = {"name": "name", "phone": "phone", "identity_number": "identity"}

    class Role(models.TextChoices):
        LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
        HEAD = "head", _("Person in charge")
        CONTACT = "contact", _("Contact")
        FOOD_SAFETY_OFFICER = "food_safety_officer", _("Food-safety officer")
        FOOD_SAFETY_DIRECTOR = "food_safety_director", _("Food-safety director")
        QUALITY_OFFICER = "quality_officer", _("Quality officer")
        OTHER = "other", _("Other")

    subject = models.ForeignKey(
        Subject, models.CASCADE, related_name="people", verbose_name=_("subject")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    name = models.CharField(_("full name"), max_length=60, db_index=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True, db_index=True)
    identity_number = models.CharField(_("identity number"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name[:1]}×"

    @property
    def unit_path(self) -> str:
        """The office of the operator, for the jurisdiction rules."""
        return self.subject.unit_path
