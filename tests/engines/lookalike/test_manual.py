"""The worked example of the manual page is executed."""

from __future__ import annotations

import doctest
from pathlib import Path

from zhixing.engines.lookalike.reasons import phrases

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "lookalike.md"


def test_worked_example_holds() -> None:
    """The page's example gives what the page prints."""
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted >= 5
    assert result.failed == 0


def test_every_reason_is_documented() -> None:
    """Every reason code stands in the manual page's table."""
    text = PAGE.read_text(encoding="utf-8")
    assert [code for code in phrases() if f"`{code}`" not in text] == []
