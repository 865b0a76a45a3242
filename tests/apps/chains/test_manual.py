"""The manual names what the pages know."""

from __future__ import annotations

from pathlib import Path

from zhixing.apps.chains.importers import LabelImporter
from zhixing.apps.chains.models import ChainFinding
from zhixing.apps.chains.registrations import DEED_NAMES
from zhixing.engines.chains import KINDS

ROOT = Path(__file__).resolve().parents[3]
MANUAL = (ROOT / "docs/manual/authorisation-chains.md").read_text("utf-8")


def test_every_kind_of_finding_of_the_engine_has_its_words() -> None:
    """A kind the engine answers with is a choice of the register."""
    assert set(KINDS) | {"formula"} == set(ChainFinding.Kind.values)


def test_the_readme_of_the_engine_names_every_kind() -> None:
    """So that a finding can be looked up."""
    readme = (ROOT / "src/zhixing/engines/chains/README.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in readme] == []


def test_the_columns_of_the_import_are_in_the_manual() -> None:
    """Those an officer fills in, by their first Chinese heading."""
    wanted = ("标签编号", "标签内容", "品牌", "品名", "条形码", "销售者", "日期")
    known = {word for field in LabelImporter.fields for word in field.aliases}
    assert [word for word in wanted if word not in MANUAL or word not in known] == []


def test_deeds_are_named() -> None:
    """Change logs speak the office's words."""
    assert set(DEED_NAMES) == {
        "label.create", "label.update", "label.confirm", "label.reread", "chains.check",
    }  # fmt: skip
