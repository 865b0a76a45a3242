"""OEM processors (定牌加工企业) with their orders, each checked for the right to its mark."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class OemEnterprise(Placed):
    """The filing of an operator that makes goods to order under marks of others."""

    personal_fields = {"contact_name": "name", "contact_phone": "phone"}

    subject = models.OneToOneField(
        "registry.Subject",
        models.PROTECT,
        related_name="oem_filing",
        verbose_name=_("subject"),
    )
    goods = models.CharField(_("goods made to order"), max_length=300)
    nice_classes = models.JSONField(_("Nice classes"), default=list, blank=True)
    since = models.DateField(_("makes to order since"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("phone of the contact"), max_length=30, blank=True)
    is_active = models.BooleanField(_("makes to order today"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("OEM processor")
        verbose_name_plural = _("OEM processors")
        indexes = [models.Index(fields=["since", "id"], name="oem_since")]

    def __str__(self) -> str:
        return str(self.subject)

    def get_absolute_url(self) -> str:
        return reverse("protection:oem-detail", args=[self.pk])


class OemOrder(Placed):
    """One order: whose mark goes on which goods, for whom and whereto; and what the check said."""

    class Verdict(models.TextChoices):
        """The worst line of the check; it is a doubt to look into, never a finding of guilt."""

        OK = "ok", _("No doubt found")
        MISSING = "missing", _("Something is missing")
        CONTRADICTION = "contradiction", _("Contradiction")

    enterprise = models.ForeignKey(
        OemEnterprise, models.PROTECT, related_name="orders", verbose_name=_("OEM processor")
    )
    number = models.CharField(_("order number"), max_length=60)
    client = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="oem_orders",
        verbose_name=_("client in the register"),
    )
    client_name = models.CharField(_("client"), max_length=200)
    client_country = models.CharField(_("country of a client overseas"), max_length=60, blank=True)
    mark_text = models.CharField(_("mark on the goods"), max_length=120)
    trade_mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="oem_orders",
        verbose_name=_("mark in the register"),
    )
    authorisation = models.ForeignKey(
        "registry.Authorisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="oem_orders",
        verbose_name=_("contract in the register"),
    )
    goods = models.CharField(_("goods ordered"), max_length=200)
    nice_classes = models.JSONField(_("Nice classes"), default=list)
    quantity = models.PositiveIntegerField(_("quantity (pieces)"))
    domestic_quantity = models.PositiveIntegerField(_("of these sold in China"), default=0)
    export_only = models.BooleanField(_("made for export only"), default=False)
    destination = models.CharField(_("destination"), max_length=120, blank=True)
    ordered_on = models.DateField(_("ordered on"))
    delivered_on = models.DateField(_("delivery until"), null=True, blank=True)
    label_text = models.TextField(_("text of the label"), blank=True)
    verdict = models.CharField(
        _("result of the check"), max_length=15, choices=Verdict.choices, editable=False
    )
    # Lines of the check: code, verdict, facts; put into words when they are shown.
    lines = models.JSONField(_("lines of the check"), default=list, editable=False)
    checked_at = models.DateTimeField(_("checked"), editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("OEM order")
        verbose_name_plural = _("OEM orders")
        indexes = [models.Index(fields=["ordered_on", "id"], name="oem_ordered")]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "number"], name="oem_order_once"),
            models.CheckConstraint(
                condition=Q(domestic_quantity__lte=F("quantity")), name="oem_domestic_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("ordered_on")),
                name="oem_delivered_after_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("protection:oem-orders-detail", args=[self.pk])
