from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhixing.cli.adlaw import adlaw

FIXTURE = str(Path(__file__).parent / "fixture")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("ZHIXING_LAW_DIR", FIXTURE)
    return CliRunner()


def test_every_ad_is_answered_once(run: CliRunner, tmp_path: Path) -> None:
    ads, out = tmp_path / "ads.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "1", "text": "姜茶治高血压", "product_category": "food"},
        {"id": "2", "text": "茶"},
        {"id": "3", "text": "感冒灵颗粒", "product_category": "drug", "scope": "full"},
    ]
    ads.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    assert run.invoke(adlaw, ["screen", str(ads), "-o", str(out)]).exit_code == 0
    answers = [json.loads(line) for line in out.read_text().splitlines()]
    assert [one["id"] for one in answers] == ["1", "2", "3"]
    assert "MED_TERM_NONMED" in [one["family"] for one in answers[0]["findings"]]
    assert answers[2]["violating"]
    missing = [one for one in answers[2]["findings"] if one["family"] == "APPROVAL_MISSING"]
    assert missing
    assert missing[0]["start"] is None


def test_unusable_input_is_one_line_and_status_2(run: CliRunner, tmp_path: Path) -> None:
    answer = run.invoke(adlaw, ["screen", str(tmp_path / "no.jsonl"), "-o", str(tmp_path / "o")])
    assert answer.exit_code == 2
    assert answer.output.count("\n") == 1
