"""Why a date is the date, in one line an officer can paste into a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from zhixing.engines.clocks.account import ONE_DAY, Deadline, Excluded

UNIT_ZH = {
    "hour": "小时",
    "calendar_day": "日",
    "working_day": "个工作日",
    "month": "个月",
    "year": "年",
}
WHY_ZH = {"weekend": "周末", "holiday": "法定节假日", "stopped": "中止、检测等期间"}


def why(deadline: Deadline, start: date | datetime, amount: int, unit: str, law: str) -> str:
    """The count in words: start, days counted, days not counted and why, roll, article.

    Args:
        start: the day or instant of the trigger.
        amount, unit: the length of the period, extensions included.
        law: the article it rests on, ready to print.
    """
    length = f"{amount}{UNIT_ZH[unit]}"
    if isinstance(start, datetime):
        parts = [f"自{start:%Y-%m-%d %H:%M}起{length}", *_not_counted(deadline.excluded)]
        return _line([*parts, f"至{deadline.due:%Y-%m-%d %H:%M}届满"], law, deadline.provisional)
    parts = [f"自{start.isoformat()}起{length},当日不计"]
    if deadline.counted:
        parts.append(f"计入{_spans(deadline.counted)}")
    parts += _not_counted(deadline.excluded)
    if rolled := [row.day for row in deadline.excluded if row.why == "rolled"]:
        parts.append(f"末日{_spans(rolled)}休息,顺延")
    parts.append(f"至{deadline.due.isoformat()}届满")
    return _line(parts, law, deadline.provisional)


def _line(parts: list[str], law: str, provisional: bool) -> str:
    if provisional:
        parts.append("涉及尚未公布节假日安排的年度,暂按平常周历计算,公布后须重算")
    if law:
        parts.append(f"依据{law}")
    return ";".join(parts)


def _not_counted(excluded: Sequence[Excluded]) -> list[str]:
    said = []
    for code, word in WHY_ZH.items():
        if days := [row.day for row in excluded if row.why == code]:
            names = "、".join(dict.fromkeys(row.name_zh for row in excluded
                                           if row.why == code and row.name_zh))  # fmt: skip
            said.append(f"不计{names or word}{_spans(days)}")
    return said


def _spans(days: Iterable[date]) -> str:
    """Days in a row as one span: `2026-09-20至09-24、09-28`."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][1] == ONE_DAY:
            spans[-1][1] = day
        else:
            spans.append([day, day])
    said, year = [], 0
    for first, last in spans:
        head = first.isoformat() if first.year != year else f"{first:%m-%d}"
        year = last.year
        tail = f"{last:%m-%d}" if last.year == first.year else last.isoformat()
        said.append(head if first == last else f"{head}至{tail}")
    return "、".join(said)
