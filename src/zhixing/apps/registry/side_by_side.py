"""Two names character by character, as pages and the API show them."""

from __future__ import annotations

from typing import Any

from pypinyin import Style, pinyin

from zhixing.engines.lookalike import compare


def side_by_side(a: str, b: str) -> list[dict[str, Any]]:
    """The trade names column by column: characters, readings, parts of the glyphs.

    Empty where one of the two holds nothing that can be compared.
    """
    found = compare(a, b)
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
