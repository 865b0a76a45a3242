"""Rules of the monitor's own tests, beside the built-in ones."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def made_up_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up words break made-up rules, whatever the built-in rules say."""
    monkeypatch.setenv("ZHIXING_LAW_DIR", str(Path(__file__).parent / "law"))
