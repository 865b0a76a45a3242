"""The parts of pages: what they say, and that data never becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from zhixing.kit.charts import Dot, Line, bars, dots, lines
from zhixing.kit.differences import compare
from zhixing.kit.history import HistoryEntry
from zhixing.kit.maps import Map, Place
from zhixing.kit.templatetags.kit import LIGHTS

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def render(source: str, **context: Any) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


@pytest.mark.parametrize("state", LIGHTS)
def test_a_light_is_a_shape_and_a_word(state: str) -> None:
    """Colour is never the only sign of a state."""
    html = render("{% light state %}", state=state)
    shape, word = LIGHTS[state]
    assert f"#{shape}" in html
    assert str(word) in html


def test_shapes_of_lights_differ() -> None:
    """No two states share their shape."""
    assert len({shape for shape, _ in LIGHTS.values()}) == len(LIGHTS)


def test_an_unknown_icon_is_a_mistake_of_the_template() -> None:
    """An icon outside of the sprite fails at once instead of leaving a hole."""
    with pytest.raises(ValueError, match="no-such-icon"):
        render('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("done", "required", "filled", "left"), [(2, 4, 2, 2), (5, 4, 4, 0), (0, 4, 0, 4)]
)
def test_cadence_counts_as_dots_and_digits(
    done: int, required: int, filled: int, left: int
) -> None:
    """More than was asked for fills the row and is told in digits."""
    html = render("{% dots done required %}", done=done, required=required)
    assert (html.count("●"), html.count("○")) == (filled, left)
    assert f"{done}/{required}" in html


def test_an_interval_bar_speaks_its_figures() -> None:
    """What the bar shows stands in its name: value, interval, target and last year."""
    html = render("{% interval_bar 0.972 i target=0.98 base=0.961 %}", i=(0.955, 0.983))
    assert "97.2% (95% interval 95.5–98.3) · target 98.0% · last year 96.1%" in html
    assert "style=" not in html


def test_an_interval_bar_keeps_its_ends() -> None:
    """What lies beyond the scale is drawn at its end, not outside of the picture."""
    html = render("{% interval_bar 0.2 i low=0.9 %}", i=(0.1, 1.0))
    assert 'cx="4.0"' in html
    assert 'x="4.0" y="6" width="152.0"' in html


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text %}",
        "{% empty text text '#' %}",
        "{% masked text '#' %}",
        "{% differ text text reasons %}",
        "{% file_line file %}",
        "{% timeline events %}",
        "{% chart chart %}",
        "{% map map %}",
        "{% job_progress '#' message=text %}",
        "{% progress_bar 1 2 text %}",
        "{% light 'good' text %}",
    ],
)
def test_data_never_becomes_markup(source: str) -> None:
    """A name that is a script shows as text wherever it stands."""
    now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [117.0, 36.6]},
        "properties": {"name": SCRIPT, "value": SCRIPT, "level": 0, "href": "#"},
    }
    html = render(
        source,
        text=SCRIPT,
        reasons=[{"channel": SCRIPT, "position": 1, "a": "<", "text": SCRIPT}],
        file=SimpleNamespace(name=SCRIPT, at=now, sm3=SCRIPT, size=1, url="#"),
        events=[HistoryEntry(now, SCRIPT, SCRIPT, SCRIPT, SCRIPT, {}, {}, 1)],
        chart=bars(SCRIPT, [SCRIPT], [1], headings=(SCRIPT, SCRIPT)),
        map=Map(SCRIPT, [SCRIPT], {"type": "FeatureCollection", "features": [feature]}),
    )
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html


def test_differing_characters_carry_their_channels() -> None:
    """Positions count from one; both sides are marked, each channel once."""
    reasons = [
        {"channel": "glyph", "position": 2, "b_position": 3, "a": "师", "b": "帅"},
        {"channel": "sound", "position": 2, "b_position": 3, "a": "师", "b": "帅"},
        {"channel": "glyph", "position": 2, "b_position": 3, "a": "师", "b": "帅"},
        {"channel": "meaning", "position": 0, "b_position": 0, "a": "康师傅", "b": "康帅傅"},
    ]
    a, b = compare("康师傅", "新康帅傅", reasons)
    assert [list(map(str, c.channels)) for c in a] == [[], ["glyph", "sound"], []]
    assert [list(map(str, c.channels)) for c in b] == [[], [], ["glyph", "sound"], []]


def test_an_absent_character_marks_nothing_on_its_side() -> None:
    """Where a character was put in, only the name that has it is marked."""
    a, b = compare(
        "大白", "大小白", [{"channel": "order", "position": 1, "b_position": 2, "b": "小"}]
    )
    assert not any(c.channels for c in a)
    assert [bool(c.channels) for c in b] == [False, True, False]


def test_a_probability_says_what_it_means() -> None:
    """It is told against decided leads where there are any, and said to be unchecked where not."""
    assert "Of the last 100 decided leads with a like score, 92 were confirmed." in render(
        "{% probability 0.92 confirmed=92 total=100 %}"
    )
    assert "too few leads" in render("{% probability 0.92 %}")


def test_the_pager_keeps_the_filter() -> None:
    """A neighbouring page has the same filter, and the former cursor is replaced."""
    html = Template("{% load kit %}{% pager page %}").render(
        Context(
            {
                "request": RequestFactory().get("/?state=open&cursor=old"),
                "page": SimpleNamespace(previous="", next="n/1"),
            }
        )
    )
    assert "?state=open&amp;cursor=n%2F1" in html
    assert 'rel="prev"' not in html


def test_a_job_under_way_asks_again_and_a_finished_one_does_not() -> None:
    """Polling stops with the job; without JavaScript there is a link."""
    under_way = render("{% job_progress '/j/1/' done=41 total=100 %}")
    assert 'hx-get="/j/1/"' in under_way
    assert 'href="/j/1/"' in under_way
    assert 'value="41" max="100"' in under_way
    assert "hx-get" not in render("{% job_progress '/j/1/' finished=True %}")


def test_a_deadline_says_that_it_is_provisional() -> None:
    """A date in a year without announced holidays is not passed off as certain."""
    html = render("{% deadline due provisional=True %}", due=date(2099, 1, 8))
    assert "Thu 8/1/2099" in html
    assert "provisional" in html


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", help_text="One sentence.")
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_form_ties_label_help_and_error_to_the_input() -> None:
    """What is wrong stands on top with a link, and beside the field, announced with it."""
    html = ReasonForm({"token": "t", "kind": "a"}).render()
    assert '<a href="#id_reason">Reason: This field is required.</a>' in html
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'id="id_reason_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="form-label" for="id_reason">' in html
    assert html.index('for="id_reason"') < html.index('id="id_reason"')
    assert html.count("optional") == 2  # the class and the word, for the note alone


def test_a_group_of_choices_is_named_by_a_legend() -> None:
    """Radio buttons stand in a fieldset with its legend."""
    html = ReasonForm().render()
    assert html.index("<fieldset") < html.index("Kind</legend>") < html.index('type="radio"')


def test_bars_start_at_zero_and_have_their_table() -> None:
    """The table behind a chart holds the same figures."""
    chart = bars("Leads", ["East", "West"], [42, 1300], headings=("District", "Leads"))
    assert chart.option["xAxis"]["min"] == 0
    assert chart.rows == (("East", "42"), ("West", "1,300"))


def test_a_line_has_a_gap_where_nothing_was_measured() -> None:
    """Nothing measured is a gap in the line and a dash in the table."""
    line = Line("City", [0.9, None], [0.8, None], [1.0, None])
    chart = lines("Rate", ["Q1", "Q2"], [line], heading="Quarter", unit="percent")
    assert chart.rows == (("Q1", "90.0% (80.0%–100.0%)"), ("Q2", "–"))
    band = [series["data"] for series in chart.option["series"] if series.get("band") == "width"]
    assert band[0] == [pytest.approx(0.2), None]


def test_lines_of_another_length_are_refused() -> None:
    """A line that does not fit its points is a mistake, not a shorter line."""
    with pytest.raises(ValueError, match="must have 2 values; got 1"):
        lines("Rate", ["Q1", "Q2"], [Line("City", [1])], heading="Quarter")


@pytest.mark.parametrize(
    ("low", "high"), [(0.918, 0.985), (0.0, 1.0), (12.0, 12.0), (0.0, 0.0), (1e6, 3e7)]
)
def test_the_axis_of_estimates_holds_every_interval(low: float, high: float) -> None:
    """No interval touches or leaves the edge of its chart."""
    value = (low + high) / 2
    chart = dots(
        "Rates", [Dot("East", value, low, high)], headings=("District", "Rate", "Interval", "Base")
    )
    axis = chart.option["xAxis"]
    assert axis["min"] <= low
    assert axis["max"] >= high


def test_a_map_lists_its_places() -> None:
    """Whoever does not see the map reads the same places below it."""
    html = render(
        "{% map map %}",
        map=Map("Leads", ["few", "many"], url="/x.json", places=[Place("East", "42", 1, "/e/")]),
    )
    assert '<a href="/e/">East</a>' in html
    assert "42" in html
    assert "many" in html


def test_a_map_has_no_more_levels_than_colours() -> None:
    """A sixth level would have no colour of its own."""
    with pytest.raises(ValueError, match="at most 5"):
        Map("Leads", list("abcdef"))
