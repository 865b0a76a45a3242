"""Money of a case. It is never read by an appraisal (Penalty Law art 74)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case


class CasePayment(models.Model):
    """One payment of the party into the treasury's account."""

    class Kind(models.TextChoices):
        FINE = "fine", _("Fine")
        CONFISCATION = "confiscation", _("Confiscated money")
        LATE_FEE = "late_fee", _("Late fee")

    case = models.ForeignKey(Case, models.PROTECT, related_name="payments")
    kind = models.CharField(_("what for"), max_length=12, choices=Kind.choices)
    paid_on = models.DateField(_("paid on"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    receipt = models.CharField(_("number of the receipt"), max_length=60)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="case_payment_positive"),
            models.UniqueConstraint(fields=["case", "receipt"], name="case_payment_once"),
        ]

    def __str__(self) -> str:
        return self.receipt
