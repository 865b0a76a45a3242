"""The registers of trade-mark protection, by the generic suite."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from zhixing.apps.leads.api import Lead
from zhixing.apps.protection.market_registers import InspectionRegister, MarketRegister
from zhixing.apps.protection.oem_registers import OemEnterpriseRegister, OemOrderRegister
from zhixing.apps.protection.registers import (
    AssistanceRegister,
    FileRegister,
    TransferRegister,
)
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Conflict
from zhixing.kit.testing.suites import Cast, RegisterSuite

SYSTEM = SystemActor("test")


class TestFiles(RegisterSuite):
    """Infringement files."""

    register = FileRegister
    filtering = ({"state": "suspended"}, {"state": "suspended"}, {"state": "opened"})
    searching = ("狼牌", {"mark_text": "七匹狼牌"}, {"mark_text": "牌狼"})
    change = ("mark_text", "狼图腾")
    other_change = ("marks_count", "2")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.file(officer, number, **values)


class TestTransfers(RegisterSuite):
    """Crime transfers."""

    register = TransferRegister
    filtering = ({"state": "approved"}, {"state": "approved"}, {"state": "reported"})
    searching = ("狼牌", {"mark_text": "七匹狼牌"}, {"mark_text": "牌狼"})

    def cast(self) -> Cast:
        self.people = examples.cast()
        return self.people

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        if mark := values.pop("mark_text", ""):
            values["file"] = examples.file(officer, number, mark_text=mark)
        same_office = officer.unit_path == self.people.keeper.unit_path
        colleague = self.people.head if same_office else examples.cast().elsewhere
        return examples.transfer(officer, colleague, number, **values)


class TestAssistance(RegisterSuite):
    """Requests for assistance."""

    register = AssistanceRegister
    filtering = (
        {"direction": "out"},
        {"direction": "out", "sent_on": timezone.localdate(), "received_on": None},
        {"direction": "in"},
    )
    searching = ("狼牌", {"mark_text": "七匹狼牌"}, {"mark_text": "牌狼"})
    wrong = ("matter", "")
    change = ("number", "协查〔2026〕2号")
    other_change = ("matter", "协助送达")

    @property
    def typed(self) -> dict[str, Any]:  # type: ignore[override]
        return {
            "direction": "in",
            "other_bureau": "邻市市场监督管理局",
            "matter": "协助核查",
            "asked": "请核查",
            "received_on": timezone.localdate().isoformat(),
        }

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.request(officer, number, **values)


class TestMakers(RegisterSuite):
    """OEM processors."""

    register = OemEnterpriseRegister
    filtering = ({"is_active": "false"}, {"is_active": False}, {"is_active": True})
    searching = ("皮鞋", {"goods": "男皮鞋"}, {"goods": "鞋皮"})
    wrong = ("nice_classes", "99")
    change = ("goods", "童装")
    other_change = ("note", "外贸为主")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.maker(officer.unit_path, number, **values)

    typed = {"goods": "服装", "nice_classes": "25"}

    def import_file(self, cast: Cast) -> tuple[str, int]:
        for number in (1, 2):
            examples.subject(cast.keeper.unit_path, number)
        return (
            '企业名称,加工商品,类别\n海州市顺达1号服装店,夹克,25\n海州市顺达2号服装店,皮鞋,"18,25"',
            2,
        )

    def entered(self, cast: Cast) -> dict[str, Any]:
        subject = examples.subject(cast.keeper.unit_path, 77)
        return {"subject": f"#{subject.pk}", **self.typed}


class TestOrders(RegisterSuite):
    """OEM orders."""

    register = OemOrderRegister
    filtering = (
        {"export_only": "true"},
        {"export_only": True, "destination": "德国"},
        {"export_only": False},
    )
    searching = ("狼牌", {"mark_text": "七匹狼牌"}, {"mark_text": "牌狼"})
    wrong = ("nice_classes", "99")
    change = ("goods", "童装")
    other_change = ("destination", "法国")
    typed = {
        "number": "DP-9", "client_name": "海外公司", "mark_text": "山岭", "goods": "夹克",
        "nice_classes": "25", "quantity": "100", "domestic_quantity": "0",
        "ordered_on": "2026-05-01",
    }  # fmt: skip

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.order(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        of = examples.subject(cast.keeper.unit_path, 1)
        examples.maker(cast.keeper.unit_path, 1, subject=of)
        head = "订单号,企业名称,委托方,商标,商品,类别,数量,下单日期"
        row = f"{of.name},海外公司,山岭,夹克,25,100,2026-05-01"
        return f"{head}\nDP-1,{row}\nDP-2,{row}", 2

    def test_an_imported_order_is_checked_and_its_doubt_is_a_lead(
        self, settings: Any, tmp_path: Any
    ) -> None:
        """Lines, verdict and lead stand when the import ends; a row of nobody's is refused."""
        from zhixing.kit.testing.imports import import_text

        settings.HOME = tmp_path
        cast = self.cast()
        text, _number = self.import_file(cast)
        run = import_text(SYSTEM, "oem-orders", text, cast.keeper.unit_path)
        assert run.state == run.State.DONE, run.message
        orders = list(self.register.rows_visible(cast.keeper))
        assert all("right_none" in {line["code"] for line in one.lines} for one in orders)
        assert Lead.objects.filter(monitor="protection.oem").count() == 2
        stranger = text.replace("海州市顺达1号服装店", "没有备案的店")
        with pytest.raises(Conflict):
            import_text(SYSTEM, "oem-orders", stranger, cast.keeper.unit_path)
        assert self.register.rows_visible(cast.keeper).count() == 2

    def entered(self, cast: Cast) -> dict[str, Any]:
        return {"enterprise": str(examples.maker(cast.keeper.unit_path, 77).pk), **self.typed}


class TestMarkets(RegisterSuite):
    """Markets."""

    register = MarketRegister
    filtering = ({"kind": "retail"}, {"kind": "retail"}, {"kind": "wholesale"})
    searching = ("鞋城", {"name": "海州鞋城"}, {"name": "海州城鞋"})
    typed = {"name": "海州服装城", "kind": "wholesale", "stalls": "300"}
    wrong = ("stalls", "0")
    change = ("goods", "服装鞋帽")
    other_change = ("address", "人民路1号")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.market(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return "市场名称,类型,摊位数,类别\n海州鞋城,批发,120,25\n海州菜场,零售,30,", 2


class TestInspections(RegisterSuite):
    """Market inspections."""

    register = InspectionRegister
    filtering = ({"state": "finished"}, {"state": "finished"}, {"state": "under_way"})
    searching = ("鞋城", {"name": "海州鞋城"}, {"name": "海州城鞋"})
    typed = {"inspected_on": "2026-05-01"}
    wrong = ("inspected_on", "2099-01-01")

    def cast(self) -> Cast:
        self.people = examples.cast()
        return self.people

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        if name := values.pop("name", ""):
            values["market"] = examples.market(officer.unit_path, number, name=name)
        same_office = officer.unit_path == self.people.keeper.unit_path
        colleague = self.people.head if same_office else examples.cast().elsewhere
        return examples.inspection(officer, colleague, number, **values)

    def entered(self, cast: Cast) -> dict[str, Any]:
        market = examples.market(cast.keeper.unit_path, 77)
        officers = [str(cast.keeper.pk), str(cast.colleague.pk)]
        return {"market": str(market.pk), "officers": officers, **self.typed}
