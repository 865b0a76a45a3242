"""The worked example of the manual page is executed."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "figures.md"


def test_worked_example_holds() -> None:
    """The page's example gives what the page prints."""
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted >= 7
    assert result.failed == 0
