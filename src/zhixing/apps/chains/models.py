"""Product labels as seen or filed, the parties on them, and what the checks of chains found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed

TITLE_LENGTH = 30


class Label(Placed):
    """One label of a product, seen at a seller or filed by a firm, with its text as printed."""

    number = models.CharField(_("label number"), max_length=60, blank=True)
    text = models.TextField(_("label text"))
    product = models.CharField(_("product"), max_length=120, blank=True)
    brand = models.CharField(_("brand"), max_length=60, blank=True)
    barcode = models.CharField(_("bar code"), max_length=14, blank=True)
    mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="labels",
        verbose_name=_("mark in the register"),
    )
    seller_name = models.CharField(_("seller"), max_length=200, blank=True)
    seller = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="labels_sold",
        verbose_name=_("seller in the register"),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    seen_on = models.DateField(_("seen on"))
    # Of the goods; without any, those of the mark in the register count.
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # What follows from the text; see actions/keep_labels.py.
    product_key = models.CharField(max_length=200, blank=True, editable=False)
    has_lender = models.BooleanField(_("names a licensor"), default=False, editable=False)
    has_overseas = models.BooleanField(_("names an overseas firm"), default=False, editable=False)
    flags = models.JSONField(_("suspicions"), default=list, editable=False)
    score = models.FloatField(_("score"), default=0.0, editable=False)
    method_version = models.CharField(_("engine version"), max_length=20, editable=False)
    confirmed_at = models.DateTimeField(_("roles confirmed"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("product label")
        verbose_name_plural = _("product labels")
        indexes = [
            models.Index(fields=["seen_on", "id"], name="label_seen"),
            models.Index(fields=["score", "id"], name="label_score"),
            models.Index(fields=["updated", "id"], name="label_updated"),
            models.Index(
                fields=["product_key"], name="label_product", condition=~Q(product_key="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="label_number", condition=~Q(number="")
            ),
            models.CheckConstraint(condition=~Q(text=""), name="label_has_text"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("chains:labels-detail", args=[self.pk])

    @property
    def title(self) -> str:
        """Brand and product, or how the text begins."""
        named = " ".join(part for part in (self.brand, self.product) if part)
        return named or " ".join(self.text.split())[:TITLE_LENGTH]

    @property
    def is_confirmed(self) -> bool:
        """Whether an officer has gone over the roles since the text last changed."""
        return self.confirmed_at is not None


class LabelParty(models.Model):
    """A party or fact on a label, as the engine read it or an officer corrected it."""

    class Role(models.TextChoices):
        LICENSOR = "licensor", _("Licensor")
        SUPERVISOR = "supervisor", _("Supervisor of manufacture")
        ENTRUSTING = "entrusting", _("Entrusting or presenting party")
        TECHNICAL = "technical", _("Technical support")
        MANUFACTURER = "manufacturer", _("Manufacturer")
        DISTRIBUTOR = "distributor", _("Distributor or importer")
        BRAND = "brand", _("Brand")
        PRODUCT = "product", _("Product")
        ORIGIN = "origin", _("Origin")
        ADDRESS = "address", _("Address")
        CONTRACT = "contract", _("Contract number")
        LICENCE = "licence", _("Production licence")
        CODE = "code", _("Credit code")
        STANDARD = "standard", _("Product standard")
        BARCODE = "barcode", _("Bar code")

    label = models.ForeignKey(
        Label, models.CASCADE, related_name="parties", verbose_name=_("product label")
    )
    role = models.CharField(_("role on the label"), max_length=12, choices=Role.choices)
    name = models.CharField(_("name"), max_length=200)
    formula = models.CharField(_("words on the label"), max_length=40, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    is_overseas = models.BooleanField(_("overseas by its name"), default=False)
    is_corrected = models.BooleanField(_("entered by an officer"), default=False)
    subject = models.ForeignKey(
        "registry.Subject",
        models.SET_NULL,
        null=True,
        related_name="on_labels",
        verbose_name=_("subject"),
    )
    # Equal for one operator wherever it is met: `s` and its number, or its name.
    party_key = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("party on a label")
        verbose_name_plural = _("parties on labels")
        ordering = ["pk"]
        indexes = [models.Index(fields=["party_key", "label"], name="label_party_key")]

    def __str__(self) -> str:
        return self.name


class ChainFinding(Placed):
    """Something the checks found about a chain; it stays on record when it no longer holds."""

    class Kind(models.TextChoices):
        GAP = "gap", _("No authorisation on file")
        NO_FACTORY = "no_factory", _("Licensor without factory or contract")
        EXPIRED = "expired", _("Authorisation ran out")
        LAPSED = "lapsed", _("Authorisation ran out since")
        NOT_BEGUN = "not_begun", _("Authorisation not begun")
        MARK_DEAD = "mark_dead", _("Mark not in force")
        NOT_HOLDER = "not_holder", _("Licensor does not hold the mark")
        BEYOND_MARK = "beyond_mark", _("Contract outlasts the mark")
        LICENSORS = "contradicting_licensors", _("Different licensors of one product")
        FACTORIES = "contradicting_factories", _("Different manufacturers of one product")
        CONTRACT = "contract_contradicts", _("Contract names another grantor")
        TERRITORY = "territory", _("Outside the licensed territory")
        GOODS = "goods", _("Outside the licensed goods")
        EXPORT_ONLY = "export_only", _("Export goods sold here")
        HUB = "hub", _("One licensor behind many")
        LOOKALIKE = "lookalike", _("Overseas name like a protected mark")
        CYCLE = "cycle", _("Contracts lead in a circle")
        FORMULA = "formula", _("Suspicious words on the label")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=64, unique=True)
    lender_name = models.CharField(_("licensor"), max_length=200, blank=True)
    lender_key = models.CharField(max_length=200, blank=True)
    factory_name = models.CharField(_("manufacturer"), max_length=200, blank=True)
    factory_key = models.CharField(max_length=200, blank=True)
    label = models.ForeignKey(
        Label,
        models.SET_NULL,
        null=True,
        related_name="findings",
        verbose_name=_("latest label"),
    )
    label_count = models.PositiveIntegerField(_("labels"), default=0)
    labels = models.JSONField(default=list)
    contracts = models.JSONField(default=list)
    probability = models.FloatField(_("probability"))
    reasons = models.JSONField(_("reasons"), default=list)
    found_at = models.DateTimeField(_("found"))
    seen_at = models.DateTimeField(_("last seen"))
    gone_at = models.DateTimeField(_("no longer holds since"), null=True)

    class Meta:
        verbose_name = _("finding about a chain")
        verbose_name_plural = _("findings about chains")
        indexes = [
            models.Index(fields=["probability", "id"], name="chain_probability"),
            models.Index(fields=["found_at", "id"], name="chain_found"),
            models.Index(fields=["lender_key"], name="chain_lender"),
            models.Index(fields=["factory_key"], name="chain_factory"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="chain_probable"
            )
        ]

    def __str__(self) -> str:
        names = " → ".join(name for name in (self.lender_name, self.factory_name) if name)
        return f"{names}: {self.get_kind_display()}" if names else str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("chains:findings-detail", args=[self.pk])

    @property
    def holds(self) -> bool:
        """Whether the last check still found it."""
        return self.gone_at is None

    @property
    def first_reason(self) -> str:
        """The decisive sentence."""
        return next((reason["text"] for reason in self.reasons if reason.get("text")), "")
