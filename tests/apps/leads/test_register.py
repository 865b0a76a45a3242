"""The inbox, by the generic suite."""

from __future__ import annotations

from typing import Any

from tests.apps.leads import examples
from zhixing.apps.leads.registers import LeadRegister
from zhixing.apps.registry.api import create_subject
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast, RegisterSuite


class TestLeads(RegisterSuite):
    """Leads."""

    register = LeadRegister
    filtering = ({"monitor": "brands"}, {"monitor": "brands"}, {"monitor": "adverts"})

    typed = {
        "source": "complaint",
        "act_kind": "false_promotion",
        "title": "保健品店宣称根治糖尿病",
        "facts": "门店海报称根治糖尿病",
    }
    wrong = ("act_kind", "piracy")
    searching = ("鑫源", {"name": "海州市鑫源粮油店"}, {"name": "海州市源鑫粮油店"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        if name := values.pop("name", ""):
            values["subject"] = create_subject(
                SystemActor("test"), {"name": name, "unit_path": officer.unit_path}
            )
        return examples.lead(officer.unit_path, number, **values)
