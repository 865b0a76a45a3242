"""Subtitles and timed lists, and the way from a span of their text back to the clock."""

from __future__ import annotations

import pytest

from zhixing.engines.transcripts import Cue, UnusableTranscript, clock, parse

SRT = """1
00:00:01,000 --> 00:00:03,500
各位叔叔阿姨
<b>看过来</b>

2
00:01:04,250 --> 00:01:06,000
{\\an8}一个疗程根治
"""
VTT = """WEBVTT - 直播片段

NOTE 由平台导出
00:00 不是字幕

STYLE
::cue { color: red }

opening
00:01.500 --> 00:03.000 align:start position:10%
<v 主播>家人们 <c.loud>&amp;</c> 老铁

01:02:03.000 --> 01:02:05.000
buy now
only today
"""


def test_subtitles_of_films() -> None:
    """SRT: numbers and styles are left out, lines of one cue are joined."""
    found = parse(SRT)
    assert found.cues == (
        Cue(1.0, 3.5, "各位叔叔阿姨看过来"),
        Cue(64.25, 66.0, "一个疗程根治"),
    )
    assert found.text == "各位叔叔阿姨看过来\n一个疗程根治"


def test_subtitles_of_the_web() -> None:
    """WebVTT: notes, styles, names of cues, voices and entities."""
    assert parse(VTT).cues == (
        Cue(1.5, 3.0, "家人们 & 老铁"),
        Cue(3723.0, 3725.0, "buy now only today"),
    )


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("00:01:20 稳赚不赔", Cue(80.0, None, "稳赚不赔")),
        ("01:20 稳赚不赔", Cue(80.0, None, "稳赚不赔")),
        ("[00:01:20] 稳赚不赔", Cue(80.0, None, "稳赚不赔")),
        ("【01:20】：稳赚不赔", Cue(80.0, None, "稳赚不赔")),
        ("00:01:20.500\t稳赚不赔", Cue(80.5, None, "稳赚不赔")),
        ("00:01:20-00:01:25 稳赚不赔", Cue(80.0, 85.0, "稳赚不赔")),
        ("01:20 — 01:25：稳赚不赔", Cue(80.0, 85.0, "稳赚不赔")),
        ("01:20\n稳赚\n不赔", Cue(80.0, None, "稳赚不赔")),
    ],
)
def test_plain_lists_in_the_forms_people_write(line: str, cue: Cue) -> None:
    """One time, a range, brackets, a colon, the text on the next line."""
    assert parse(line).cues == (cue,)


def test_a_piece_lasts_until_the_next() -> None:
    """Its end is the following time; a heading before all times is no speech."""
    found = parse("\ufeff直播记录\n00:10 大家好\n00:25 今天全网最低价\n")
    assert [(cue.start, cue.end) for cue in found.cues] == [(10.0, 25.0), (25.0, None)]


def test_pieces_out_of_order_are_put_in_order() -> None:
    """A list pasted together from parts; the end before a jump back is not known."""
    found = parse("05:00 后半段\n00:30 前半段\n")
    assert found.cues == (Cue(30.0, None, "前半段"), Cue(300.0, None, "后半段"))


def test_a_span_has_the_times_of_the_cues_it_touches() -> None:
    """Within one cue, over two, and up to an open end."""
    found = parse("00:10-00:12 这个药膏\n00:13-00:15 一贴就好\n00:20 下单吧")
    text = found.text
    assert found.times(text.index("药膏"), text.index("药膏") + 2) == (10.0, 12.0)
    assert found.times(text.index("药膏"), text.index("就好") + 2) == (10.0, 15.0)
    assert found.times(text.index("一贴"), len(text)) == (13.0, None)
    with pytest.raises(ValueError, match="no span 3 to 99"):
        found.times(3, 99)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected time codes.*found none"),
        ("一段没有时间的文字", "expected time codes.*found none"),
        ("1\n00:00:05,000 --> 00:00:02,000\n倒着\n", "line 2: the cue ends before it begins"),
        ("好\n00:05-00:02 倒着", "line 2: ends before it begins"),
    ],
)
def test_what_has_no_usable_times_is_refused(text: str, message: str) -> None:
    """One line that says what is wrong, and where."""
    with pytest.raises(UnusableTranscript, match=message):
        parse(text)


def test_times_as_a_player_shows_them() -> None:
    """Hours, minutes, seconds, rounded down."""
    assert [clock(0.9), clock(61), clock(3725.99)] == ["00:00:00", "00:01:01", "01:02:05"]
