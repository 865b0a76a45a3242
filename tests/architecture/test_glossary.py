"""The glossary: one meaning for each Chinese term, and no name that the code does not have."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT, LATER = (
    (ROOT / "docs" / "develop" / "glossary.md")
    .read_text(encoding="utf-8")
    .split("## Terms of later parts")
)
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for ending in ("py", "toml")
    for path in sorted((ROOT / "src").rglob(f"*.{ending}"))
)


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "Chinese"]


def test_each_term_has_one_row() -> None:
    """A Chinese term with two English words would name two things in code."""
    terms = Counter(t for row in rows(BUILT) + rows(LATER) for t in re.split("[、/]", row[0]))
    assert [term for term, count in terms.items() if count > 1] == []
    assert len(terms) > 120


def test_every_name_stands_in_the_code() -> None:
    """Names of what is built are found in the source, in the modules named."""
    missing = []
    for row in rows(BUILT):
        assert len(row) == 4, row
        for name in re.findall(r"`([^`]+)`", row[2]):
            if not re.search(rf"\b{re.escape(name.split('.')[-1])}\b", SOURCE):
                missing.append(name)
        for module in re.findall(r"`([^`]+)`", row[3]):
            path = module.replace(".", "/")
            places = [ROOT / "src/zhixing" / path, ROOT / "src/zhixing/apps" / path]
            if not any(p.is_dir() or p.with_suffix(".py").is_file() for p in places):
                missing.append(module)
    assert missing == []
