"""A directory of local figures, as a bureau would set one up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def _no_local_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHIXING_LAW_DIR", raising=False)


@pytest.fixture
def local_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file into `ZHIXING_LAW_DIR`."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("ZHIXING_LAW_DIR", str(tmp_path))
        return path

    return write
