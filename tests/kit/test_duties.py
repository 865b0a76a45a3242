"""The list of what is due."""

from __future__ import annotations

from datetime import date

import pytest

from zhixing.kit import duties as module
from zhixing.kit.actors import SystemActor
from zhixing.kit.duties import Duty, duties, register_duties

ACTOR = SystemActor("test")


def _duty(day: int, title: str) -> Duty:
    return Duty(date(2026, 5, day), title, "", "/")


def test_duties_of_all_sources_stand_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest first, whoever names them; never more than asked for."""
    monkeypatch.setattr(module, "_sources", {})
    register_duties("a", lambda actor, until, limit: [_duty(3, "third"), _duty(9, "ninth")])
    register_duties("b", lambda actor, until, limit: [_duty(1, "first")])
    register_duties("b", lambda actor, until, limit: [_duty(2, "second")])
    found = [duty.title for duty in duties(ACTOR, date(2026, 5, 9), 2)]
    assert found == ["second", "third"]
