"""Checking an advertisement for whoever asks: each problem in place, its article, a way out.

Nothing is written anywhere: the text lives as long as the answer takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts.api import (
    Asked,
    articles_in_words,
    category_choices,
    category_label,
    disguise_label,
    family_label,
    screen,
)
from zhixing.apps.discipline import pictures
from zhixing.kit.errors import Invalid

TEXT_LENGTH = 5000
MEDIA = (
    ("", _("anywhere")), ("web", _("Internet")), ("short_video", _("Short video or live stream")),
    ("newspaper", _("Newspaper")), ("tv", _("Television")), ("radio", _("Radio")),
    ("image", _("Poster or picture")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One probable breach.

    Attributes:
        start, end: code points in the text; None for a statement that is missing.
        remedy: a lawful way to say it, where the rule knows one.
    """

    number: int
    family: str
    title: str
    rule: str
    start: int | None
    end: int | None
    words: str
    severity: str
    probability: float
    disguise: str
    articles: tuple[str, ...]
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `numbers` of the problems it belongs to, `begins` where they start."""

    text: str
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    is_serious: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer."""

    text: str
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]
    category: str
    category_label: str
    rules_version: str
    checked_on: date

    @property
    def missing(self) -> list[Problem]:
        """Statements that the advertisement should make and does not."""
        return [problem for problem in self.problems if problem.start is None]


class CheckForm(forms.Form):
    """What is asked about an advertisement."""

    text = forms.CharField(
        label=_("Words of the advertisement"),
        max_length=TEXT_LENGTH,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    picture = forms.FileField(
        label=_("Or a picture of it"),
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 5 MB; its words are read and checked, then gone."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    category = forms.ChoiceField(label=_("What is advertised"), required=False)
    medium = forms.ChoiceField(label=_("Where it will appear"), required=False, choices=MEDIA)
    whole = forms.BooleanField(
        label=_("This is the whole advertisement"),
        required=False,
        help_text=_("Only then statements that are missing can be found."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django passes them
        choices: forms.ChoiceField = self.fields["category"]  # type: ignore[assignment]
        choices.choices = category_choices()
        if not pictures.can_read():
            del self.fields["picture"]

    def clean(self) -> dict[str, Any]:
        """Words typed, or read from the picture; line ends of one kind, so that places hold."""
        given: dict[str, Any] = super().clean() or {}
        text = _plain(given.get("text") or "")
        picture = given.get("picture")
        if not text and picture is not None:
            try:
                text = _plain(pictures.words_of(picture.read(pictures.MAX_BYTES + 1)))
            except Invalid as error:
                raise forms.ValidationError({"picture": str(error)}) from error
            if not text:
                raise forms.ValidationError({"picture": _("No words were found in the picture.")})
        if not text and not self.errors:
            raise forms.ValidationError({"text": _("Paste the words of the advertisement.")})
        return given | {"text": text[:TEXT_LENGTH]}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def check_text(
    text: str, category: str = "", medium: str = "", *, is_whole: bool = False
) -> Checked:
    """What the rules in force today find in a text."""
    today = timezone.localdate()
    [(version, found)] = screen([Asked(text, today, category, medium, is_whole)])
    problems = tuple(
        Problem(
            number=number,
            family=one.family,
            title=str(family_label(one.family)),
            rule=one.rule,
            start=one.start,
            end=one.end,
            words=one.span or "",
            severity=one.severity,
            probability=one.probability,
            disguise="" if one.disguise in {"", "none"} else disguise_label(one.disguise),
            articles=tuple(articles_in_words(one.articles)),
            reason=one.reason,
            remedy=one.remedy,
        )
        for number, one in enumerate(found.findings, start=1)
    )
    told = category or found.category
    return Checked(
        text=text,
        pieces=tuple(_pieces(text, problems)),
        problems=problems,
        category=told,
        category_label=category_label(told) if told else "",
        rules_version=version,
        checked_on=today,
    )


def _pieces(text: str, problems: Sequence[Problem]) -> list[Piece]:
    """The text in order, cut where a problem begins or ends; problems may overlap."""
    placed = [
        (problem, problem.start, problem.end)
        for problem in problems
        if problem.start is not None and problem.end is not None
    ]
    cuts = sorted({0, len(text), *(s for _p, s, _e in placed), *(e for _p, _s, e in placed)})
    result = []
    for start, end in pairwise(cuts):
        over = [problem for problem, s, e in placed if s <= start and e >= end]
        result.append(
            Piece(
                text[start:end],
                tuple(problem.number for problem in over),
                tuple(problem.number for problem, s, _e in placed if s == start),
                any(problem.severity == "serious" for problem in over),
            )
        )
    return result
