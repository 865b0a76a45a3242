"""Figures and dates as officers read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from zhixing.kit import formats

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.mark.usefixtures("chinese")
def test_a_share_in_chinese_tells_what_it_was_made_of() -> None:
    """A share carries its counts and interval, in the form the screens promise."""
    text = formats.share(583 / 600, 583, 600, (0.955, 0.983))
    assert text == "97.2%(583/600,95% 区间 95.5–98.3)"


@pytest.mark.usefixtures("chinese")
def test_a_chinese_date_names_its_weekday() -> None:
    """A date says the day of the week."""
    assert formats.day(date(2026, 11, 23)) == "2026年11月23日(周一)"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("counts", "interval", "expected"),
    [
        ((None, None), None, "97.0%"),
        ((97, 100), None, "97.0% (97/100)"),
        ((None, None), (0.9, 1.0), "97.0% (95% interval 90.0–100.0)"),
        ((97, 100), (0.9, 1.0), "97.0% (97/100, 95% interval 90.0–100.0)"),
    ],
)
def test_a_share_leaves_out_what_is_not_known(
    counts: tuple[int | None, int | None],
    interval: tuple[float, float] | None,
    expected: str,
) -> None:
    """Counts and interval appear only where there are any."""
    assert formats.share(0.97, *counts, interval) == expected


def test_nothing_is_a_dash_not_a_zero() -> None:
    """What was not measured is not shown as nought."""
    assert formats.percent(None) == formats.number(None) == formats.day(None) == "–"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 11, 22), "1 day overdue"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 25), "2 days left"),
        (datetime(2026, 11, 23, 17, 0, tzinfo=SHANGHAI), "today before 17:00"),
        (datetime(2026, 11, 23, 8, 59, tzinfo=SHANGHAI), "passed today"),
        # 16:30 UTC on the 23rd is already the 24th in the office.
        (datetime(2026, 11, 23, 16, 30, tzinfo=ZoneInfo("UTC")), "1 day left"),
    ],
)
def test_a_deadline_says_what_is_left(due: date | datetime, expected: str) -> None:
    """What is left is counted in days of the office's calendar."""
    assert formats.time_left(due, NOW) == expected


@pytest.mark.usefixtures("english")
def test_working_days_are_told_as_counted_by_the_clock() -> None:
    """Where a clock counted working days, those are shown."""
    assert formats.time_left(date(2026, 11, 27), NOW, working_days=2) == "2 working days left"


@pytest.mark.parametrize(
    ("octets", "expected"), [(12, "12 B"), (1_843_200, "1.8 MB"), (5 * 1024**3, "5.0 GB")]
)
def test_a_file_size_uses_the_unit_that_fits(octets: int, expected: str) -> None:
    """Sizes are readable at a glance."""
    assert formats.file_size(octets) == expected
