"""Two names side by side, for a page and for the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pypinyin import Style, pinyin

from zhixing.apps.clearance.query import TEXT_LENGTH
from zhixing.apps.clearance.reasons import sentence
from zhixing.engines.lookalike import METHOD, SideBySide, judge, normalise
from zhixing.engines.lookalike import compare as side_by_side
from zhixing.kit.errors import Invalid


def compare_names(a: str, b: str) -> dict[str, Any]:
    """How alike name `b` is to mark `a`, character by character.

    Raises:
        Invalid: a name is missing, too long, or holds nothing that can be compared.
    """
    first, second = (" ".join(text.split()) for text in (a, b))
    for field, text in (("a", first), ("b", second)):
        if not normalise(text):
            raise _refused(field, _("Give two names to compare."))
        if len(text) > TEXT_LENGTH:
            raise _refused(
                field,
                _("Expected at most %(n)d characters, came %(found)d.")
                % {"n": TEXT_LENGTH, "found": len(text)},
            )
    (row,) = judge([first], [second]).to_pylist()
    return {
        "a": first,
        "b": second,
        "score": round(float(row["score"]), 3),
        "probability": round(float(row["probability"]), 3),
        "confusing": bool(row["confusing"]),
        "kind": row["kind"],
        "method": str(METHOD),
        "reasons": [reason | {"text": sentence(reason)} for reason in row["reasons"]],
        "cells": _cells(side_by_side(first, second)),
    }


def _cells(found: SideBySide) -> list[dict[str, Any]]:
    """The trade names column by column: characters, readings, parts of the glyphs."""
    a_said, b_said = _readings(found.a), _readings(found.b)
    return [
        {
            "operation": cell.operation,
            "a": cell.a,
            "b": cell.b,
            "a_pinyin": a_said[cell.a_position - 1] if cell.a_position else "",
            "b_pinyin": b_said[cell.b_position - 1] if cell.b_position else "",
            # What is the same needs no taking apart.
            "shared_parts": cell.shared_parts if cell.operation == "changed" else (),
            "a_parts": cell.a_parts,
            "b_parts": cell.b_parts,
        }
        for cell in found.cells
    ]


def _readings(text: str) -> list[str]:
    """The commonest reading of each character in this text; letters have none."""
    read = pinyin(text, style=Style.TONE, errors=list)  # type: ignore[arg-type]
    return [
        "" if reading[0] == character else reading[0]
        for character, reading in zip(text, read, strict=True)
    ]


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
