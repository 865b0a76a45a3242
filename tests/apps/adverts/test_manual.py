"""The manual names what the pages know, and the worked examples hold."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from zhixing import law
from zhixing.apps.adverts import registrations as adverts
from zhixing.apps.adverts.families import APPROVAL, FAMILIES
from zhixing.apps.adverts.importers import ApprovalImporter, PlacementImporter
from zhixing.apps.media import registrations as media
from zhixing.apps.media.importers import MediumImporter
from zhixing.law.advertising import rules

ROOT = Path(__file__).resolve().parents[3]
MANUAL = (ROOT / "docs/manual/ad-watch.md").read_text("utf-8")


def test_the_columns_of_the_imports_are_in_the_manual() -> None:
    """Those an officer fills in, by a Chinese heading that the importer knows."""
    wanted = {
        PlacementImporter: "媒体名称 播出日期 播出时间 时长 面积 版面 栏目 广告内容 商品类别",
        ApprovalImporter: "批准文号 产品名称 申请人 有效期自 有效期至 状态",
        MediumImporter: "媒体编号 媒体名称 媒体类别 主办单位 主管部门 网址 机构代码",
    }
    for importer, headings in wanted.items():
        known = {word for field in importer.fields for word in field.aliases}
        missing = [word for word in headings.split() if word not in MANUAL or word not in known]
        assert missing == [], importer


def test_every_family_of_the_rules_has_words_and_a_kind_of_act() -> None:
    """What the engine answers with can be shown, and led to a checklist."""
    assert {rule.family for rule in rules()} <= set(FAMILIES) - {APPROVAL}
    assert {act for _label, act in FAMILIES.values()} <= set(law.acts().kinds)


def test_deeds_are_named() -> None:
    """Change logs speak the office's words: every deed of both apps has a name."""
    source = "".join(
        path.read_text("utf-8")
        for app in ("adverts", "media")
        for path in (ROOT / "src/zhixing/apps" / app / "actions").glob("*.py")
    )
    nouns = "ad|key|approval|finding|folder|review|medium|round"
    done = set(re.findall(rf'"((?:{nouns})\.[a-z]+)"', source))
    assert done == set(adverts.DEED_NAMES | media.DEED_NAMES)


def test_the_worked_examples_of_the_page_hold() -> None:
    """Every line of docs/methods/ad-monitoring.md gives what the page says."""
    page = ROOT / "docs/methods/ad-monitoring.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (result.attempted >= 10, result.failed) == (True, 0)
