"""The registers of media, rounds and days, by the generic suite."""

from __future__ import annotations

from typing import Any

from tests.apps.media import examples
from zhixing.apps.media.registers import MediumDayRegister, MediumRegister, RoundRegister
from zhixing.kit.testing.suites import Cast, RegisterSuite


class TestMedia(RegisterSuite):
    """Media."""

    register = MediumRegister
    filtering = ({"kind": "tv"}, {"kind": "tv"}, {})
    searching = ("新闻", {"name": "示范新闻频道"}, {"name": "示范闻新频道"})
    typed = {"name": "示范晚报", "kind": "newspaper"}
    wrong = ("name", "")
    change = ("authority", "新闻出版局")
    other_change = ("address", "98.6")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.medium(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return "媒体编号,媒体名称,媒体类别\nM1,示范晚报,报纸\nM2,示范卫视,电视", 2


class TestRounds(RegisterSuite):
    """Rounds."""

    register = RoundRegister
    filtering = ({"design": "targeted"}, {"design": "targeted", "purpose": "医疗广告"}, {})
    typed = {
        "name": "第一轮", "design": "random", "starts_on": "2026-06-01", "ends_on": "2026-06-10",
        "take_newspaper": "3",
    }  # fmt: skip
    wrong = ("ends_on", "2026-05-01")
    change = ("purpose", "夏季监测")
    other_change = ("name", "第九轮")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.planned(officer.unit_path, number, **values)


class TestDays(RegisterSuite):
    """Days of media."""

    register = MediumDayRegister
    filtering = ({"state": "missed"}, {"state": "missed", "missed_reason": "停刊"}, {})
    change = ("items", "12")
    other_change = ("seconds", "90")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        from zhixing.apps.media.api import record_day

        examples.medium(officer.unit_path, number, name=f"示范{officer.pk}第{number}报")
        found = examples.running(officer.unit_path, number, plan={"newspaper": 1})
        day = found.days.get()
        return record_day(examples.SYSTEM, day, values) if values else day
