"""The generic suites, with what they need of this registry."""

from __future__ import annotations

from typing import Any

from tests.apps.registry import examples
from zhixing.apps.registry.registers import (
    AuthorisationRegister,
    LicenceRegister,
    SubjectRegister,
    TradeMarkRegister,
)
from zhixing.kit.testing.suites import Cast, RegisterSuite


class SubjectSuite(RegisterSuite):
    """Subjects."""

    register = SubjectRegister
    filtering = ({"status": "suspended"}, {"status": "suspended"}, {})
    searching = ("鑫源", {"name": "示范市鑫源粮油店"}, {"name": "示范市源鑫粮油店"})
    typed = {
        "name": "示范市三和粮油店",
        "uscc": examples.uscc(99),
        "kind": "enterprise",
        "status": "active",
    }
    wrong = ("uscc", examples.uscc(99)[:-1] + "0")
    change = ("status", "suspended")
    other_change = ("address", "人民路1号")
    bulk = ("status", "revoked")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.subject(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        lines = [f"{examples.uscc(n)},示范市海之韵{n}号食品店" for n in range(50, 53)]
        return "\n".join(["统一社会信用代码,企业名称", *lines]), 3


class LicenceSuite(RegisterSuite):
    """Licences and filings."""

    register = LicenceRegister
    filtering = ({"status": "revoked"}, {"status": "revoked"}, {})
    searching = (examples.licence_number(77), {"number": examples.licence_number(77)}, {})
    typed = {"kind": "JY", "number": examples.licence_number(99), "status": "valid"}
    wrong = ("number", examples.licence_number(99)[:-1] + "x")
    change = ("status", "suspended")
    other_change = ("scope", "散装食品销售")
    bulk = ("status", "cancelled")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.licence(officer.unit_path, number, **values)

    def entered(self, cast: Cast) -> dict[str, Any]:
        holder = examples.subject(cast.keeper.unit_path, 99)
        return {"subject": holder.uscc, **(self.typed or {})}

    def import_file(self, cast: Cast) -> tuple[str, int]:
        holder = examples.subject(cast.keeper.unit_path, 50)
        lines = [f"{examples.licence_number(n)},{holder.uscc}" for n in (51, 52)]
        return "\n".join(["许可证编号,统一社会信用代码", *lines]), 2


class TradeMarkSuite(RegisterSuite):
    """Trade marks."""

    register = TradeMarkRegister
    filtering = ({"protection": "well_known"}, {"protection": ["well_known", "foreign"]}, {})
    searching = ("师傅", {"text": "康师傅"}, {"text": "傅师康"})
    typed = {
        "text": "海之韵",
        "registration_number": "7654321",
        "nice_classes": "30，32",
        "kind": "ordinary",
        "status": "registered",
    }
    wrong = ("nice_classes", "30, 46")
    change = ("status", "expired")
    other_change = ("holder_name", "示范市海之韵食品厂")
    bulk = ("status", "cancelled")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.mark(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return "注册号,商标名称,类别\n7000001,海之韵,30\n7000002,绿野,29;30\n", 2


class AuthorisationSuite(RegisterSuite):
    """Contracts on marks."""

    register = AuthorisationRegister
    filtering = ({"kind": "licence"}, {"kind": "licence"}, {})
    searching = ("海之韵", {"mark_text": "海之韵"}, {"mark_text": "韵之海"})
    typed = {
        "kind": "licence",
        "grantor_name": "示范市海之韵食品厂",
        "grantee_name": "示范市绿野食品厂",
        "mark_text": "海之韵",
        "contract_number": "HT-9999",
        "status": "in_force",
    }
    wrong = ("nice_classes", "30, 46")
    change = ("status", "ended")
    other_change = ("goods", "糕点")
    bulk = ("status", "revoked")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.authorisation(officer.unit_path, number, **values)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        lines = [f"HT-70{n},示范市甲{n}食品厂,示范市乙{n}食品厂,海之韵" for n in (1, 2)]
        return "\n".join(["合同编号,许可人,被许可人,商标名称", *lines]), 2
