"""The library, by the generic suite."""

from __future__ import annotations

from typing import Any

from tests.apps.precedents import examples
from zhixing.apps.precedents.registers import PrecedentRegister
from zhixing.kit.testing.suites import Cast, RegisterSuite


class TestLibrary(RegisterSuite):
    """Precedents as drafts of an office."""

    register = PrecedentRegister
    filtering = (
        {"outcome": "mediated"}, {"outcome": "mediated"}, {"outcome": "established"},
    )  # fmt: skip
    searching = ("监制", {"facts": "标注香港某公司监制"}, {"facts": "只在网页上使用"})
    typed = {
        "title": "某食品店名称混淆案",
        "act_kind": "name_confusion",
        "facts": "突出使用近似字号",
        "outcome": "established",
        "decided_by": "示范市市场监督管理局",
        "decided_on": "2026-03-02",
        "source": "published",
        "articles": "《中华人民共和国反不正当竞争法》第七条",
    }
    wrong = ("articles", "反法第七条")
    change = ("penalty", "罚款5000元")
    other_change = ("decided_by", "城东区市场监督管理局")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        title = {"title": f"第{number}号名称混淆案"}
        return examples.draft(officer, **(title | values))

    def import_file(self, cast: Cast) -> tuple[str, int]:
        heading = "文号,案件名称,违法行为种类,违法事实,结果,决定机关,决定日期,处罚依据,类别"
        return (
            f"{heading}\n"
            "示处罚1号,某店虚假宣传案,虚假宣传,宣称根治疾病,处罚,示范市局,2025-11-02,"
            "《中华人民共和国反不正当竞争法》第九条,5\n"
            "示处罚2号,某店名称混淆案,企业名称混淆,突出使用字号,不予处罚,示范市局,2025-06-01,,30",
            2,
        )
