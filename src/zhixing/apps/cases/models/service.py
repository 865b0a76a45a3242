"""Service of documents on the party."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models.case import Case


class CaseService(models.Model):
    """One document served: how, on whom, when, and the day on which it counts as served."""

    class Manner(models.TextChoices):
        DIRECT = "direct", _("Handed over")
        LEFT = "left", _("Left with witnesses")
        MAIL = "mail", _("By registered mail")
        ELECTRONIC = "electronic", _("Electronically, with consent")
        ENTRUSTED = "entrusted", _("Through another bureau")
        PUBLIC = "public", _("By public notice")

    case = models.ForeignKey(Case, models.PROTECT, related_name="services")
    # Number of the official form: 37 notice, 45 decision, 46 no penalty, 48 demand letter.
    form_no = models.PositiveSmallIntegerField(_("document"))
    manner = models.CharField(_("manner of service"), max_length=10, choices=Manner.choices)
    sent_on = models.DateField(_("handed over, sent or published on"))
    # Public notice counts as served when its period ends (Order 2 art 82).
    served_on = models.DateField(_("counts as served on"))
    receiver = models.CharField(_("received by"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["served_on", "pk"]

    def __str__(self) -> str:
        return f"{self.form_no} · {self.served_on}"
