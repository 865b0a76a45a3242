"""Papers and their versions, and the books of numbers they are numbered in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing.kit.files.models import EvidenceFile
from zhixing.kit.scope import PathField, Placed


class NumberBook(models.Model):
    """The numbers given out by one office under one word in one year; its row is the lock."""

    office = PathField(_("office"))
    word = models.CharField(_("word of the number"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("book of numbers")
        verbose_name_plural = _("books of numbers")
        constraints = [
            models.UniqueConstraint(fields=["office", "word", "year"], name="number_book_once")
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.year}: {self.last}"


class Paper(Placed):
    """An official paper about something, from its first draft until it is issued."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    form = models.CharField(_("form"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    book = models.ForeignKey(NumberBook, models.PROTECT, null=True, blank=True)
    sequence = models.PositiveIntegerField(_("number in the book"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("issued by"),
    )  # fmt: skip
    withdrawn_for = models.CharField(_("withdrawn because"), max_length=300, blank=True)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="paper_about"),
            models.Index(fields=["issued_on", "id"], name="paper_issued"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "sequence"],
                condition=Q(sequence__isnull=False),
                name="paper_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_on__isnull=True, sequence__isnull=True)
                | (~Q(state="draft") & Q(issued_on__isnull=False)),
                name="paper_issued_with_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_for=""),
                name="paper_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("papers:papers-detail", args=[self.pk])


class PaperVersion(models.Model):
    """One state of a paper: the facts it was made of and the two files. Nothing of it changes."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    n = models.PositiveSmallIntegerField(_("version"))
    form_version = models.PositiveSmallIntegerField(_("version of the form"))
    facts = models.JSONField(_("facts"))
    # SM3 over form, version, number, day and facts: whoever has the facts can make the paper anew.
    facts_sm3 = models.CharField(_("SM3 of the facts"), max_length=64)
    docx = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+", verbose_name="DOCX")
    pdf = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+", verbose_name="PDF")
    is_issued = models.BooleanField(_("the version issued"), default=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "n"], name="paper_version_once"),
            models.UniqueConstraint(
                fields=["paper"], condition=Q(is_issued=True), name="paper_issued_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} · {self.n}"
