"""One import of one file: what was sent, how it is read, how far it has come."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import Placed


class ImportRun(Placed):
    """A file on its way into a register; the office is the one its rows belong to."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        MAPPED = "mapped", _("Columns assigned")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Being written")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        ALL_OR_NOTHING = "all_or_nothing", _("All rows or none")
        VALID_ONLY = "valid_only", _("Valid rows only")

    importer = models.SlugField(_("register"), max_length=40)
    file_name = models.CharField(_("file"), max_length=200)
    file_sm3 = models.CharField(_("SM3 of the file"), max_length=64)
    file_size = models.PositiveBigIntegerField(_("size in bytes"))
    # heading → field name, "" where the column is left out on purpose; field name → text.
    mapping = models.JSONField(_("columns"), default=dict)
    constants = models.JSONField(_("fixed values"), default=dict)
    mode = models.CharField(
        _("mode"), max_length=20, choices=Mode.choices, default=Mode.ALL_OR_NOTHING
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.UPLOADED
    )
    notes = models.JSONField(_("notes"), default=list)
    message = models.TextField(_("message"), blank=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    bad_row_count = models.PositiveIntegerField(_("rows with errors"), default=0)
    error_count = models.PositiveIntegerField(_("errors"), default=0)
    # What the check expects, then what was written.
    expected = models.JSONField(_("expected"), default=dict)
    created_count = models.PositiveIntegerField(_("new"), default=0)
    updated_count = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)
    # Batches written; moves in the same transaction as the rows, so it is the place to resume.
    position = models.PositiveIntegerField(_("batches written"), default=0)
    job = models.ForeignKey(
        "kit.Job", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    created = models.DateTimeField(_("sent"), auto_now_add=True)
    checked = models.DateTimeField(_("checked"), null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["importer", "-id"], name="importrun_importer")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("imports:run", args=[self.pk])

    @property
    def good_row_count(self) -> int:
        """Rows without an error."""
        return self.row_count - self.bad_row_count

    @property
    def may_commit(self) -> bool:
        """Whether the check allows writing in the mode chosen."""
        if self.state != self.State.CHECKED or not self.good_row_count:
            return False
        return self.error_count == 0 or self.mode == self.Mode.VALID_ONLY

    @property
    def unknown_columns(self) -> list[str]:
        """Headings that go to no field."""
        return [heading for heading, name in self.mapping.items() if not name]

    @property
    def is_waiting(self) -> bool:
        """Whether work on it is under way."""
        return self.state in {self.State.CHECKING, self.State.RUNNING}

    def facts(self) -> dict[str, Any]:
        """What every audit entry of the run says about its file."""
        return {
            "importer": self.importer,
            "file": self.file_name,
            "sm3": self.file_sm3,
            "rows": self.row_count,
        }
