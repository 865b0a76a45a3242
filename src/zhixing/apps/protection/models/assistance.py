"""Requests for help between bureaus (协查), sent and received."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection.models.infringement import InfringementFile
from zhixing.kit.scope import Placed


class AssistanceRequest(Placed):
    """One letter asking a bureau to find something out, and its answer."""

    class Direction(models.TextChoices):
        OUT = "out", _("Sent by us")
        IN = "in", _("Received by us")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the answer")
        ANSWERED = "answered", _("Answer given")
        WITHDRAWN = "withdrawn", _("Request withdrawn")

    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    other_bureau = models.CharField(_("other bureau"), max_length=120)
    matter = models.CharField(_("matter"), max_length=120)
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistance_requests",
        verbose_name=_("subject"),
    )
    party_name = models.CharField(_("name of the party"), max_length=200, blank=True)
    trade_mark = models.ForeignKey(
        "registry.TradeMark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistance_requests",
        verbose_name=_("mark in the register"),
    )
    mark_text = models.CharField(_("mark"), max_length=120, blank=True)
    file = models.ForeignKey(
        InfringementFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistance_requests",
        verbose_name=_("infringement file"),
    )
    asked = models.TextField(_("what is asked"))
    # For a request received: its arrival. For one sent: the day it arrived there, or, until that
    # is known, the day it was sent.
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    due_on = models.DateField(_("due"), editable=False)
    due_is_provisional = models.BooleanField(
        _("due date provisional"), default=False, editable=False
    )
    extended_to = models.DateField(_("announced later day"), null=True, blank=True, editable=False)
    extension_reason = models.CharField(
        _("reason of the delay"), max_length=300, blank=True, editable=False
    )
    # The day that counts while the answer is awaited; none afterwards, so that lists by this day
    # begin with what is overdue and end with what is done.
    waiting_until = models.DateField(_("answer due"), null=True, blank=True, editable=False)
    answer = models.TextField(_("answer given"), blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assistance_requests",
        editable=False,
        verbose_name=_("officer"),
    )
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("assistance request")
        verbose_name_plural = _("assistance requests")
        ordering = ["waiting_until", "pk"]
        indexes = [
            models.Index(fields=["waiting_until", "id"], name="assistance_waiting"),
            models.Index(fields=["received_on", "id"], name="assistance_received"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="in", received_on__isnull=False)
                | Q(direction="out", sent_on__isnull=False),
                name="assistance_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(received_on__gte=F("sent_on")),
                name="assistance_received_after_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="assistance_answered_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.matter

    def get_absolute_url(self) -> str:
        return reverse("protection:assistance-detail", args=[self.pk])

    @property
    def starts_on(self) -> date | None:
        """The day from which the statutory period runs."""
        return self.received_on or self.sent_on
