"""What a column of an import may be, and how a whole column of text is read as that."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Defect:
    """The rows of a column that cannot be used for one reason."""

    mask: Mask
    expected: str
    advice: str


# Takes the trimmed texts (null where empty) and gives values of the same length and the defects.
Parser = Callable[["ImportField", pa.StringArray], tuple[pa.Array, list[Defect]]]


@dataclass(frozen=True, slots=True)
class ImportField:
    """One column an importer can take.

    Attributes:
        name: the field's name in mappings, on the command line and in the manual.
        label: the usual heading.
        aliases: further headings it is known by; compared without case, width and punctuation.
        required: every row must have a value.
        kind: one of `KINDS`.
        max_length: in characters.
        choices: stored value → label; either may stand in the file, the label in any language of
            the interface.
        spellings: further words of the source lists → stored value.
        parse: replaces the parser of the kind.
        help: what to fill in, for the manual and the mapping page.
        personal: the kind of masking (`kit.masking`) where the value is personal data.
    """

    name: str
    label: Any
    aliases: Sequence[str] = ()
    required: bool = False
    kind: str = "text"
    max_length: int | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    parse: Parser | None = None
    help: Any = ""
    personal: str = ""


def parse_column(
    column: ImportField, raw: pa.StringArray, *, required: bool | None = None
) -> tuple[pa.Array, list[Defect]]:
    """Read a column of text: trimmed, checked for damage, parsed by its kind; null where empty.

    A row with a defect has a null value.
    """
    # An export guards what a spreadsheet program would run with an apostrophe; take it off again.
    texts = pc.replace_substring_regex(pc.utf8_trim_whitespace(raw), r"^'([=+\-@\t\r])", r"\1")
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    defects = _damage(texts)
    values, found = (column.parse or KINDS[column.kind])(column, texts)
    defects += found
    if column.max_length is not None:
        longer = mask_of(pc.greater(pc.utf8_length(texts), column.max_length))
        if longer.any():
            defects.append(
                Defect(
                    longer,
                    _("at most %(count)s characters") % {"count": column.max_length},
                    _("Shorten it."),
                )
            )
    if column.required if required is None else required:
        missing = mask_of(pc.is_null(texts))
        if missing.any():
            defects.append(Defect(missing, _("a value"), _("Fill in the cell.")))
    for defect in defects:
        values = pc.if_else(pa.array(defect.mask), pa.scalar(None, values.type), values)
    return values, defects


def mask_of(condition: pa.BooleanArray) -> Mask:
    """An Arrow condition as a NumPy mask; null is false."""
    return np.asarray(pc.fill_null(condition, False).to_numpy(zero_copy_only=False), dtype=bool)


def _damage(texts: pa.StringArray) -> list[Defect]:
    damaged = mask_of(pc.match_substring_regex(texts, "\ufffd|锟斤拷"))
    hidden = mask_of(pc.match_substring_regex(texts, "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"))
    defects = []
    if damaged.any():
        defects.append(
            Defect(
                damaged,
                _("readable text"),
                _("The characters were lost in an earlier conversion; take them from the source."),
            )
        )
    if hidden.any():
        defects.append(
            Defect(hidden, _("text without control characters"), _("Type the value anew."))
        )
    return defects


def _text(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    return texts, []


def _code(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    narrow = pc.utf8_upper(pc.utf8_normalize(texts, form="NFKC"))
    return pc.replace_substring_regex(narrow, r"[\s\-‐‑–—]", ""), []


def _failed(texts: pa.StringArray, values: pa.Array, expected: str, advice: str) -> list[Defect]:
    bad = mask_of(pc.and_(pc.is_valid(texts), pc.is_null(values)))
    return [Defect(bad, expected, advice)] if bad.any() else []


def _only(texts: pa.StringArray, good: pa.BooleanArray) -> pa.StringArray:
    return pc.if_else(pc.fill_null(good, False), texts, pa.scalar(None, pa.string()))


def _narrow(texts: pa.StringArray) -> pa.StringArray:
    return pc.utf8_normalize(texts, form="NFKC")


def _integer(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    bare = pc.replace_substring(_narrow(texts), ",", "")
    values = _only(bare, pc.match_substring_regex(bare, r"^-?\d{1,15}$")).cast(pa.int64())
    return values, _failed(texts, values, _("a whole number"), _("Write digits only."))


def _number(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    bare = pc.replace_substring(_narrow(texts), ",", "")
    good = pc.match_substring_regex(bare, r"^-?\d{1,15}(\.\d{1,15})?$")
    values = _only(bare, good).cast(pa.float64())
    return values, _failed(texts, values, _("a number"), _("Write digits and a decimal point."))


_DATE = (
    r"^(?P<y>(?:18|19|20|21)\d\d)(?:[-/.年](?P<m>0?[1-9]|1[0-2])[-/.月](?P<d>0?[1-9]|[12]\d|3[01])日?"
    r"|(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01]))(?:[ T]0?0:00(?::00)?)?$"
)
_YEAR = r"^(?P<y>(?:18|19|20|21)\d\d)年?$"


def _date(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    narrow = pc.replace_substring_regex(_narrow(texts), r"\s*([-/.年月日])\s*", r"\1")
    values = _dates(narrow)
    return values, _failed(
        texts, values, _("a date such as 2026-11-24"), _("Write year, month and day.")
    )


def _date_or_year(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    narrow = pc.replace_substring_regex(_narrow(texts), r"\s*([-/.年月日])\s*", r"\1")
    year = pc.struct_field(pc.extract_regex(narrow, _YEAR), "y")
    full = pc.coalesce(pc.binary_join_element_wise(year, "01", "01", "-"), narrow)
    values = _dates(full)
    return values, _failed(
        texts, values, _("a date such as 2026-11-24, or a year"), _("Write at least the year.")
    )


def _dates(texts: pa.StringArray) -> pa.Date32Array:
    """Days from texts; null where there is no such day (2026-02-30)."""
    parts = pc.extract_regex(texts, _DATE)

    def number(*names: str) -> npt.NDArray[np.int64]:
        first, *rest = (pc.struct_field(parts, name) for name in names)
        for other in rest:
            first = pc.if_else(pc.equal(first, ""), other, first)
        filled = pc.fill_null(pc.if_else(pc.equal(first, ""), "0", first), "0")
        return np.asarray(filled.cast(pa.int64()))

    year, month, day = number("y"), number("m", "m2"), number("d", "d2")
    good = year > 0
    months = (np.where(good, year, 1970) - 1970) * 12 + np.where(good, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    last = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    days = first + np.where(good, day, 1) - 1
    return pa.array(days, pa.date32(), mask=~good | (days >= last))


def _choice(column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    spellings = _spellings(column)
    folded = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKC"))
    place = pc.index_in(folded, value_set=pa.array(list(spellings), pa.string()))
    values = pa.array(list(spellings.values()), pa.string()).take(place)
    known = "、".join(str(label) for label in column.choices.values())
    return values, _failed(
        texts,
        values,
        _("one of %(choices)s") % {"choices": known},
        _("Write one of them exactly."),
    )


def _spellings(column: ImportField) -> dict[str, str]:
    """Every way to write a choice, folded → its stored value."""
    known = {_folded(spelling): value for spelling, value in column.spellings.items()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {_folded(str(label)): value for value, label in column.choices.items()}
    return known | {_folded(value): value for value in column.choices}


def _folded(text: str) -> str:
    folded: str = pc.utf8_lower(pc.utf8_normalize(pa.scalar(text), form="NFKC")).as_py()
    return folded


_BETWEEN = re.compile(r"[\s,;、，；|]+")


def _list(column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    """Several values in a cell, as a JSON list; labels become the stored values."""
    spellings = _spellings(column)
    out: list[str | None] = []
    for text in texts.to_pylist():
        items = [item for item in _BETWEEN.split(text) if item] if text else None
        if items is None:
            out.append(None)
            continue
        values = [spellings.get(_folded(item)) if spellings else item for item in items]
        out.append(None if None in values else json.dumps(values, ensure_ascii=False))
    found = pa.array(out, pa.string())
    known = "、".join(str(label) for label in column.choices.values())
    return found, _failed(
        texts,
        found,
        _("some of %(choices)s") % {"choices": known},
        _("Put a comma between two of them."),
    )


KINDS: dict[str, Parser] = {
    "text": _text,
    "code": _code,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "date_or_year": _date_or_year,
    "choice": _choice,
    "list": _list,
}
