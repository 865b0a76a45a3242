"""The registers, by the generic suite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.apps.people import make_officer, make_offices
from tests.apps.trademarks import examples
from zhixing.apps.trademarks.registers import (
    CultivationRegister,
    HelpRegister,
    OfficeTargetRegister,
)
from zhixing.kit.testing.suites import Cast, RegisterSuite


class TestCultivations(RegisterSuite):
    """Marks cultivated."""

    register = CultivationRegister
    filtering = ({"kind": "geographical"}, {"kind": "geographical"}, {"kind": "ordinary"})
    searching = ("青禾", {"mark_text": "青禾良品"}, {"mark_text": "禾青"})
    typed = {"mark_text": "青禾", "kind": "ordinary", "nice_classes": "30，32"}
    wrong = ("nice_classes", "30, 46")
    change = ("goods", "大米")
    other_change = ("note", "重点培育")
    bulk = ("kind", "agricultural")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.cultivation(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return "商标名称,类别,申请日期,注册日期\n青禾,30,2025-01-06,2025-12-01\n绿野,29,,\n", 2


class TestHelp(RegisterSuite):
    """Requests for help."""

    register = HelpRegister
    filtering = ({"stage": "guided"}, {"guided_on": examples.DAY}, {})
    searching = ("青禾", {"mark_text": "青禾良品"}, {"mark_text": "禾青"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        asked = {"help_asked_on": examples.DAY.replace(day=2 + number)}
        return examples.cultivation(officer.unit_path, number, **(asked | values))


class TestTargets(RegisterSuite):
    """Targets: set by heads, so the head stands for the keeper."""

    register = OfficeTargetRegister
    filtering = ({"year": "2001"}, {"year": 2001}, {"year": 2002})
    typed = {"year": "2026", "registered": "5"}
    wrong = ("year", "1999")
    change = ("registered", "9")
    other_change = ("note", "含农产品商标")

    def cast(self) -> Cast:
        places = make_offices()
        people = examples.cast()
        return replace(
            people,
            keeper=make_officer(places.office, "head"),
            colleague=make_officer(places.office, "head"),
        )

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        given = {"year": 2010 + number, "registered": number} | values
        return examples.target(officer.unit_path, given.pop("year"), **given)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return "年度,注册目标,使用目标\n2025,5,3\n2026,6,\n", 2
