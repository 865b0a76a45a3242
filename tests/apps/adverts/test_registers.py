"""The registers of advertisements, placements, captures and approvals, by the generic suite."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.apps.adverts import examples
from zhixing.apps.adverts.api import Approval, Placement
from zhixing.apps.adverts.registers import (
    AdRegister,
    ApprovalRegister,
    CaptureRegister,
    PlacementRegister,
)
from zhixing.kit.testing.imports import import_text
from zhixing.kit.testing.suites import Cast, RegisterSuite

WORDS = (
    "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
)


class TestAds(RegisterSuite):
    """Advertisements."""

    register = AdRegister
    filtering = ({"category": "drug"}, {"category": "drug"}, {"category": "food"})
    searching = ("胶囊", {"product": "示范胶囊"}, {"product": "示范囊胶"})
    change = ("endorser", "某某")
    other_change = ("product", "示范牌奶粉")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        text = f"第{number}款{WORDS[number % 40] * 6}新品上市"
        return examples.ad(officer.unit_path, text, title=f"广告{number}", **values)


class TestPlacements(RegisterSuite):
    """Placements."""

    register = PlacementRegister
    filtering = ({"after": "2026-06-20"}, {"page": "A9"}, {"page": "A1"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        day = examples.DAY + timedelta(number // 2 + (25 if values.get("page") == "A9" else 0))
        name = f"示范{officer.pk}第{number}报"
        examples.taken(officer.unit_path, examples.seen(shown_on=day, medium_name=name, **values))
        return Placement.objects.latest("pk")

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return (
            "媒体名称,播出日期,播出时间,时长,广告内容\n"
            "示范晚报,2026-06-01,7:05,15秒,示范牌酱油新品上市\n"
            "示范晚报,2026-06-01,7:06,0:15,示范牌食醋老味道"
        ), 2


class TestCaptures(RegisterSuite):
    """Captures."""

    register = CaptureRegister
    filtering = ({"source": "upload"}, {"source": "upload"}, {"source": "paste"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        found = examples.seen(f"{WORDS[number % 40] * 6}{number}号广告")
        return examples.taken(officer.unit_path, found, name=f"第{number}份", **values)


class TestApprovals(RegisterSuite):
    """Approvals."""

    register = ApprovalRegister
    filtering = ({"kind": "drug"}, {"kind": "drug", "number": "鲁药广审(文)第260101-00900号"}, {})
    searching = ("胶囊", {"product": "示范胶囊"}, {"product": "示范囊胶"})
    typed = {
        "number": "鲁食健广审（文）第260101-00777号", "kind": "health_food",
        "product": "示范牌蛋白粉", "valid_from": "2026-01-01", "status": "valid",
    }  # fmt: skip
    wrong = ("valid_to", "2020-01-01")
    change = ("product", "示范牌钙片")
    other_change = ("licence_number", "国食健注G20260001")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.approval(officer.unit_path, number, **values)

    def test_another_office_does_not_see_them(self) -> None:
        """An approval is valid nationwide: every office reads it, only its keeper changes it."""
        cast = self.cast()
        row, client = self.make(cast.keeper, 1), self.client(cast.elsewhere)
        assert str(row) in client.get(self.register.url()).content.decode()
        assert client.get(self.register.url("edit", row.pk)).status_code == 403

    def test_search_finds_short_words(self) -> None:
        """As everywhere, but found by every office."""
        cast = self.cast()
        found = self.make(cast.keeper, 1, product="示范胶囊")
        self.make(cast.keeper, 2, product="示范囊胶")
        for officer in (cast.keeper, cast.elsewhere):
            assert self.keys(officer, "q=胶囊") == [found.pk]

    def test_an_import_enters_each_row_once(self, settings: Any, tmp_path: Any) -> None:
        """Terms that the file leaves out are those of the law; twice adds nothing."""
        settings.HOME = tmp_path
        cast = self.cast()
        text, number = self.import_file(cast)
        for expected in (number, 0):
            run = import_text(examples.SYSTEM, "ad-approvals", text, cast.keeper.unit_path)
            assert (run.created_count, run.state) == (expected, "done"), run.message
        drug = Approval.objects.get(kind="drug")
        assert (drug.number, str(drug.valid_to)) == ("鲁药广审(文)第260101-00001号", "2027-12-31")

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return (
            "批准文号,产品名称,申请人,有效期自\n"
            "鲁药广审（文）第260101-00001号,示范胶囊,示范药业,2026-01-01\n"
            "鲁食健广审（文）第260101-00002号,示范钙片,示范食品,2026-01-01"
        ), 2
