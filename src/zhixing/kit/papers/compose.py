"""From a form and the facts to what stands on the paper: plain data that each format draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from zhixing.kit.errors import Invalid
from zhixing.kit.papers.form import Block, PaperForm

TICKED, OPEN = "■", "□"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block with its texts filled in; what its kind does not use stays empty."""

    kind: str
    paragraphs: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    aligns: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper ready to be drawn; `on` is the day of issue in ISO form, empty for a draft."""

    heading: str
    number: str
    addressee: str
    office: str
    day: str
    on: str
    is_draft: bool
    is_signed: bool
    blocks: list[Drawn]

    def characters(self) -> set[str]:
        """Every character that is drawn, to be held against the typeface."""
        found = set(self.heading + self.number + self.addressee + self.office + self.day)
        for block in self.blocks:
            for text in (*block.paragraphs, *block.labels, *(c for row in block.rows for c in row)):
                found |= set(text)
        return found - set("\n\t ")


def compose(
    form: PaperForm,
    facts: Mapping[str, Any],
    *,
    office: str,
    day: date | None,
    number: str = "",
) -> Sheet:
    """Fill in the form.

    Args:
        facts: what the form asks for; dates, numbers, texts, and lists of dictionaries.
        office: name of the office that signs.
        day: the day of issue; None for a draft, which says so.
        number: the number given at issue.

    Raises:
        Invalid: a fact that the form needs is missing, by its label.
    """
    missing = [
        asked for asked in form.asked if asked.required and facts.get(asked.name) in (None, "")
    ]
    if missing:
        sentence = _("%(form)s needs: %(facts)s.") % {
            "form": form.title_zh,
            "facts": "、".join(asked.label_zh for asked in missing),
        }
        raise Invalid(sentence, fields={asked.name: [sentence] for asked in missing})
    # A fact that need not be given is empty rather than unknown.
    known = {asked.name: None for asked in form.asked} | dict(facts)
    known |= {"office": office, "number": number, "day": day}
    return Sheet(
        heading=_fill(form, form.heading, known),
        number=number,
        addressee=_fill(form, form.addressee, known),
        office=office if form.signed else "",
        day=chinese_day(day) if form.signed and day else "",
        on=day.isoformat() if day else "",
        is_draft=day is None,
        is_signed=form.signed,
        blocks=[
            _draw(form, block, known)
            for block in form.blocks
            if not block.when or _holds(form, block.when, known)
        ],
    )


def _draw(form: PaperForm, block: Block, facts: Mapping[str, Any]) -> Drawn:
    def fill(text: str, row: Any = None) -> str:
        return _fill(form, text, {**facts, "row": row})

    match block.kind:
        case "heading" | "text":
            return Drawn(block.kind, _paragraphs(fill(block.text)))
        case "list":
            rows = _rows(form, block, facts)
            told = [line for row in rows for line in _paragraphs(fill(block.text, row))]
            return Drawn("text", told or _paragraphs(block.empty))
        case "table":
            rows = _rows(form, block, facts)
            if not rows and block.empty:
                return Drawn("text", _paragraphs(block.empty))
            return Drawn(
                "table",
                labels=[column.label for column in block.columns],
                rows=[[fill(column.text, row) for column in block.columns] for row in rows],
                widths=[column.width for column in block.columns],
                aligns=[column.align for column in block.columns],
            )
        case "boxes":
            told = [
                f"{TICKED if _holds(form, line.when or 'false', facts) else OPEN} {line.label}"
                for line in block.lines
            ]
            return Drawn("text", told)
        case _:
            lines = [
                [line.label, fill(line.text)]
                for line in block.lines
                if not line.when or _holds(form, line.when, facts)
            ]
            return Drawn(block.kind, rows=lines)


def _rows(form: PaperForm, block: Block, facts: Mapping[str, Any]) -> Sequence[Any]:
    rows = facts.get(block.rows)
    if rows is None:
        raise _missing(form, block.rows)
    return list(rows)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _fill(form: PaperForm, text: str, facts: Mapping[str, Any]) -> str:
    if "{" not in text:
        return text.strip()
    try:
        return _environment().from_string(text).render(facts).strip()
    except UndefinedError as error:
        raise _missing(form, str(error)) from error
    except TemplateError as error:
        raise Invalid(f"{form.code}: {error}") from error


def _holds(form: PaperForm, expression: str, facts: Mapping[str, Any]) -> bool:
    compiled = _environment().compile_expression(expression, undefined_to_none=False)
    try:
        return bool(compiled(**facts))
    except UndefinedError as error:
        raise _missing(form, str(error)) from error


def _missing(form: PaperForm, what: str) -> Invalid:
    return Invalid(_("%(form)s needs: %(facts)s.") % {"form": form.title_zh, "facts": what})


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    found = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    found.filters |= {"day": chinese_day, "percent": percent, "points": points}
    return found


def chinese_day(value: Any) -> str:
    """A day as papers write it: 2026年11月24日; ISO texts too, since facts are kept as JSON."""
    if value in (None, ""):
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = value.date()
    return f"{value.year}年{value.month}月{value.day}日"


def percent(value: float | None, digits: int = 2) -> str:
    """A share in per cent: 0.0123 → 1.23%; a dash where there is none."""
    return "—" if value is None else f"{value * 100:.{digits}f}%"


def points(value: float | None, digits: int = 2) -> str:
    """A difference of shares in percentage points: +0.31个百分点."""
    return "—" if value is None else f"{value * 100:+.{digits}f}个百分点"
