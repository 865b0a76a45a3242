"""What a holder or licensee should be told in time: renewals, licences that end, marks unused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Reminder(Placed):
    """One day that matters for one mark or licence, found once; its facts say by which article."""

    class Kind(models.TextChoices):
        RENEWAL = "renewal", _("Renewal window open")
        GRACE = "grace", _("Term over, in grace")
        EXPIRED = "expired", _("Grace over")
        LICENCE_ENDING = "licence_ending", _("Licence ends")
        LICENCE_BEYOND = "licence_beyond", _("Licence outlasts the mark")
        NON_USE = "non_use", _("Three years without use")

    class State(models.TextChoices):
        OPEN = "open", _("To be told")
        TOLD = "told", _("Told")
        CLOSED = "closed", _("Settled")

    class Outcome(models.TextChoices):
        RENEWED = "renewed", _("Renewed")
        GONE = "gone", _("No longer so")

    class Channel(models.TextChoices):
        PHONE = "phone", _("By phone")
        VISIT = "visit", _("By visit")
        LETTER = "letter", _("By letter")
        MESSAGE = "message", _("By message")

    # The reminders about the end of a term, of which a renewal settles all.
    TERM_KINDS = (Kind.RENEWAL, Kind.GRACE, Kind.EXPIRED)

    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    title = models.CharField(_("mark"), max_length=120)
    mark = models.ForeignKey(
        "registry.TradeMark",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("trade mark"),
    )
    authorisation = models.ForeignKey(
        "registry.Authorisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("mark licence"),
    )
    subject = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mark_reminders",
        verbose_name=_("whom to tell"),
    )
    holder_name = models.CharField(_("holder"), max_length=200, blank=True)
    due_on = models.DateField(_("due"))
    # The last day of the mark's term that the reminder is about; for kinds of TERM_KINDS.
    term_end = models.DateField(_("end of the term"), null=True, blank=True)
    # Days and articles behind it, as `find_reminders` found them; `explanations.why` says them.
    facts = models.JSONField(_("days and articles"), default=dict)
    dedup_key = models.CharField(_("key"), max_length=64, unique=True)

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
    )
    channel = models.CharField(_("how told"), max_length=10, choices=Channel.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    outcome = models.CharField(
        _("how it ended"), max_length=10, choices=Outcome.choices, blank=True
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="reminder_due"),
            models.Index(fields=["state", "unit_path"], name="reminder_state"),
            models.Index(fields=["term_end"], name="reminder_term_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="told") | (Q(told_on__isnull=False) & ~Q(channel="")),
                name="reminder_told_how",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", settled_on__isnull=False)
                | (~Q(state="closed") & Q(outcome="")),
                name="reminder_closed_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trademarks:reminder", args=[self.pk])
