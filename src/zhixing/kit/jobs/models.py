"""A job is a row that a worker leases; a schedule is a row that makes jobs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class Job(Placed):
    """One piece of long work. `attempt` counts leases and fences out workers that lost theirs."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    LIVE = (State.WAITING, State.RUNNING)

    task = models.CharField(_("task"), max_length=150)
    label = models.CharField(_("job"), max_length=200)
    params = models.JSONField(_("parameters"), default=dict)
    dedup_key = models.CharField(_("key"), max_length=100, blank=True)
    priority = models.SmallIntegerField(_("priority"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=300, blank=True)
    log = models.JSONField(_("log"), default=list)
    result = models.JSONField(_("result"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    checkpoint = models.JSONField(_("checkpoint"), null=True, blank=True)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    failures = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    max_failures = models.PositiveSmallIntegerField(_("attempts allowed"), default=3)
    worker = models.CharField(_("worker"), max_length=80, blank=True)
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    cancel_requested = models.BooleanField(_("cancel requested"), default=False)
    run_after = models.DateTimeField(_("not before"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("officer"),
    )  # fmt: skip
    created = models.DateTimeField(_("queued"), auto_now_add=True)
    started = models.DateTimeField(_("started"), null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "-priority", "id"], name="job_queue"),
            models.Index(fields=["state", "lease_until"], name="job_lease"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedup_key"],
                condition=Q(state__in=("waiting", "running")) & ~Q(dedup_key=""),
                name="job_live_once",
            )
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def error_sentence(self) -> str:
        """What went wrong, for whoever started the job."""
        return self.error.partition("\n\n")[0]

    @property
    def error_detail(self) -> str:
        """Where it went wrong, for the operator; empty for a refusal."""
        return self.error.partition("\n\n")[2]


class Schedule(Placed):
    """Work that comes round: the worker queues a job when `next_run` has come, exactly once."""

    class Every(models.TextChoices):
        HOUR = "hour", _("Every hour")
        DAY = "day", _("Every day")
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")

    name = models.CharField(_("name"), max_length=100, unique=True)
    task = models.CharField(_("task"), max_length=150)
    params = models.JSONField(_("parameters"), default=dict)
    every = models.CharField(_("how often"), max_length=10, choices=Every.choices)
    starts = models.DateTimeField(_("first run"))
    next_run = models.DateTimeField(_("next run"))
    is_enabled = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["next_run", "pk"]

    def __str__(self) -> str:
        return self.name
