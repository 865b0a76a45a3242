"""The sanction ladder for media: what the built-in file says, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhixing import law
from zhixing.law.errors import TableInvalid, UnknownCode

DAY = date(2026, 11, 24)


def test_steps_stand_in_order_with_their_form_in_todays_law() -> None:
    """Four steps of the programme; the last two are penalties of which art 67 tells others."""
    ladder = law.media_ladder()
    steps = ladder.steps_on(DAY)
    assert [step.title_zh for step in steps] == [
        "警示告诫",
        "限期整改",
        "暂停广告业务",
        "取消广告经营许可",
    ]
    assert [step.notifies_authority for step in steps] == [False, False, True, True]
    assert [step.needs_case for step in steps] == [False, False, False, True]
    assert "吊销营业执照" in steps[3].form_zh
    with pytest.raises(UnknownCode):
        ladder.step_on("fine", DAY)
    with pytest.raises(UnknownCode):
        ladder.step_on("warning", date(2010, 1, 1))


def test_focus_trades_have_stricter_lines_and_no_figure_claims_to_be_law() -> None:
    """Same step, same measure: the focus line lies below; every line is the bureau's to set."""
    ladder = law.media_ladder()
    lines = {line.code: line for line in ladder.lines_on(DAY)}
    for general, focus in (("warning_item", "warning_focus"), ("rectify_item", "rectify_focus")):
        assert lines[focus].at_least < lines[general].at_least
        assert lines[focus].step == lines[general].step
    assert not any(line.is_verified for line in lines.values())
    assert ladder.focus == ("drug", "medical", "health_food", "cosmetics", "beauty_service")


def test_there_are_22_trades_and_every_category_finds_one() -> None:
    """What belongs to none is counted as other."""
    ladder = law.media_ladder()
    assert len(ladder.trades) == 22
    assert ladder.trade_of("medical_beauty") == "beauty_service"
    assert ladder.trade_of("spaceships") == ladder.trade_of("") == "other"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('step = "warning"', 'step = "scold"', "scold"),
        ('reply_clock = "ladder_reply"', 'reply_clock = "nine"', "nine"),
        ("at_least = 0.05", "at_least = 5", "rate"),
        ('code = "device"', 'code = "drug"', "twice"),
        ('after = "warning"\n', "", "together"),
        ('code = "other"', 'code = "rest"', "other"),
        ('instrument = "advertising-law"', 'instrument = "law-of-nobody"', "law-of-nobody"),
    ],
)
def test_a_ladder_that_does_not_hold_together_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, fault: str
) -> None:
    """With the file's name and what is wrong."""
    built_in = Path(law.__file__).with_name("media_ladder.toml").read_text(encoding="utf-8")
    assert old in built_in
    (tmp_path / "media_ladder.toml").write_text(built_in.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setenv("ZHIXING_LAW_DIR", str(tmp_path))
    with pytest.raises(TableInvalid, match=rf"media_ladder\.toml.*{fault}"):
        law.media_ladder()
