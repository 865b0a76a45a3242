"""The page on the method says what the code does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from django.utils import timezone

from zhixing import law
from zhixing.apps.brands.importers import SightingImporter, WatchListImporter
from zhixing.apps.brands.judging import rivals, texts
from zhixing.apps.brands.models import NameKind
from zhixing.cli.brands import KINDS

DOCS = Path(__file__).resolve().parents[3] / "docs"
METHOD = DOCS / "methods" / "brand-guard.md"
MANUAL = (DOCS / "manual" / "brand-guard.md").read_text(encoding="utf-8")


def test_the_examples_give_what_the_page_says() -> None:
    """Every line of docs/methods/brand-guard.md."""
    result = doctest.testfile(str(METHOD), module_relative=False, encoding="utf-8")
    assert result.attempted > 5
    assert result.failed == 0


def test_the_numbers_of_the_page_are_those_of_the_code() -> None:
    """Windows, how long a name is new, the floor of the same trade name."""
    text = METHOD.read_text(encoding="utf-8")
    assert texts.WINDOWS == (3, 4, 5)
    new = law.on("names", "new_name", timezone.localdate())
    assert f"last {new.amount} {new.unit}s" in text
    assert f"at least {rivals.FORBIDDEN}" in text


def test_the_manual_names_every_import_column_and_kind_of_name() -> None:
    """What can be imported is written down, and the command knows every kind."""
    columns = set(re.findall(r"`([a-z_]+)`", MANUAL))
    for importer in (WatchListImporter, SightingImporter):
        assert {field.name for field in importer.fields} <= columns, importer.slug
    assert set(KINDS) == set(NameKind.values)
    assert set(KINDS) <= set(re.findall(r"[a-z]+", MANUAL))
