"""The registers of labels and findings, by the generic suite."""

from __future__ import annotations

from typing import Any

from tests.apps.chains import examples
from zhixing.apps.chains.registers import LabelRegister
from zhixing.kit.testing.suites import Cast, RegisterSuite


class TestLabels(RegisterSuite):
    """Product labels."""

    register = LabelRegister
    filtering = ({"brand": "海之韵"}, {"brand": "海之韵"}, {})
    searching = ("之韵", {"brand": "海之韵"}, {"brand": "韵之海"})
    typed = {"text": examples.TEXT, "seen_on": "2026-06-01", "brand": "皇冠"}
    wrong = ("text", "")
    change = ("place", "人民路1号")
    other_change = ("brand", "皇冠九")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.label(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        lines = [f'L{n},"{examples.TEXT}",皇冠{n},2026-06-0{n}' for n in (1, 2)]
        return "\n".join(["标签编号,标签内容,品牌,日期", *lines]), 2
