"""A suspected advertisement sent on to the bureau that is competent for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import PathField, Placed


class Dispatch(Placed):
    """Sent by one office (`unit_path`), received by another of the city or by a bureau elsewhere.

    Both offices see it: the one to follow it up, the other to deal with it.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Passed on, not acknowledged")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned: not competent")
        ANSWERED = "answered", _("Feedback given")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Outcome(models.TextChoices):
        CASE = "case", _("Case filed")
        CORRECTED = "corrected", _("Ordered to correct")
        UNFOUNDED = "unfounded", _("Not established")
        PASSED_ON = "passed_on", _("Passed on to another authority")

    ad = models.ForeignKey(
        "adverts.Ad", models.PROTECT, related_name="dispatches", verbose_name=_("advertisement")
    )
    lead = models.ForeignKey(
        "leads.Lead", models.PROTECT, null=True, blank=True, editable=False,
        related_name="dispatches", verbose_name=_("lead"),
    )  # fmt: skip
    to_path = PathField(_("to the office"), blank=True, db_index=True)
    to_bureau = models.CharField(_("to a bureau elsewhere"), max_length=120, blank=True)
    matter = models.TextField(_("what is suspected"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.SENT, editable=False
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+",
        verbose_name=_("sent by"),
    )  # fmt: skip
    sent_on = models.DateField(_("sent on"), editable=False)
    # What is due next: the receipt, then the result; none when nothing more is due.
    due_on = models.DateField(_("due"), null=True, blank=True, editable=False)
    due_is_provisional = models.BooleanField(default=False, editable=False)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, editable=False
    )
    feedback = models.TextField(_("feedback"), blank=True, editable=False)
    was_late = models.BooleanField(_("late"), default=False, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("suspected advertisement sent on")
        verbose_name_plural = _("suspected advertisements sent on")
        ordering = ["due_on", "-pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="dispatch_due"),
            models.Index(fields=["sent_on", "id"], name="dispatch_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_path="") ^ Q(to_bureau=""), name="dispatch_one_receiver"
            ),
            models.UniqueConstraint(
                fields=["ad", "to_path", "to_bureau"],
                condition=Q(state__in=["sent", "accepted"]),
                name="dispatch_once_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(outcome="") & Q(answered_on__isnull=False)),
                name="dispatch_answered_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ad)

    def get_absolute_url(self) -> str:
        return reverse("discipline:dispatches-detail", args=[self.pk])
