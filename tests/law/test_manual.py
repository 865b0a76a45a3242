"""The pages about the law: their examples run, and they name every file, key and error code."""

from __future__ import annotations

import doctest
import tomllib
from pathlib import Path

import pytest

from zhixing.law import errors
from zhixing.law.schema import Clock, Extension, Provision
from zhixing.law.sources import PACKAGE

DOCS = Path(__file__).resolve().parents[2] / "docs"
LAW_PAGE = (DOCS / "develop" / "law.md").read_text(encoding="utf-8")


def test_the_worked_example_of_working_days_holds() -> None:
    """Every line of the page's example gives what the page says."""
    result = doctest.testfile(
        str(DOCS / "methods" / "working-days.md"), module_relative=False, encoding="utf-8"
    )
    assert result.attempted >= 8
    assert result.failed == 0


def test_the_sample_row_of_the_page_is_a_valid_row() -> None:
    """The row shown as a pattern loads as it stands."""
    sample = LAW_PAGE.split("```toml\n")[1].split("```")[0]
    (row,) = tomllib.loads(sample)["provision"]
    assert Provision.model_validate(row).code == "hearing_fine"


@pytest.mark.parametrize("model", [Provision, Clock, Extension])
def test_every_key_of_a_row_is_explained(model: type[Provision]) -> None:
    """No key exists that the page does not name."""
    keys = set(model.model_fields) - {"origin"}
    assert [key for key in keys if key not in LAW_PAGE] == []


def test_every_table_and_error_is_named() -> None:
    """Files and error codes of the floor stand on its page."""
    files = [file.relative_to(PACKAGE) for file in PACKAGE.rglob("*.toml")]
    # Folders that hold files of one kind are named as a whole.
    folders = {"programmes", "words", "rules", "exempt", "categories"}
    names = [f"{f.parent}/*.toml" if f.parent.name in folders else str(f) for f in files]
    codes = [
        error.code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.LawError)
    ]
    missing = [n for n in names + codes if n not in LAW_PAGE and n != errors.LawError.code]
    assert missing == []
