"""The worked examples of the manual page are executed, and its figures are those of the law."""

from __future__ import annotations

import doctest
from datetime import date
from pathlib import Path

from zhixing import law
from zhixing.engines.posters import fast, smallprint, tiles

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "posters.md"


def test_worked_examples_hold() -> None:
    """The page's examples give what the page prints."""
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted >= 7
    assert result.failed == 0


def test_the_numbers_on_the_page_are_those_in_use() -> None:
    """Confidence, sizes, likeness."""
    page = PAGE.read_text(encoding="utf-8")
    today = date(2026, 11, 24)
    main, picture = (law.on("small_print", code, today) for code in ("of_main", "of_picture"))
    assert f"small, {main.amount} % and {picture.amount} %" in page
    assert f"less than {fast.RELIABLE} sure" in page
    assert f"from a likeness of {smallprint.FOUND:.0f} %" in page
    assert f"more than {tiles.SIDE:,} pixels and of a proportion beyond 1 : {tiles.LONG}" in page
