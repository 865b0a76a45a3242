"""Figures and lines in words, for pages and papers alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zhixing import law

MEASURES = {
    "item": "条次违法率",
    "time": "时长违法率",
    "area": "版面违法率",
    "serious": "严重违法率",
    "serious_count": "严重违法广告",
}


def rate_text(record: Mapping[str, Any], digits: int = 2) -> str:
    """A rate as papers write it: 3.21%(95%区间1.40–7.20%);a census without interval."""
    value = record["value"]
    if value is None:
        return "—"
    text = f"{value * 100:.{digits}f}%"
    if record["interval"]:
        low, high = record["interval"]
        return f"{text}({low * 100:.{digits}f}–{high * 100:.{digits}f}%)"
    return text


def change_text(found: tuple[float, tuple[float, float] | None] | None) -> str:
    """A change against the month before: 上升0.31个百分点(−0.20至0.82)."""
    if found is None:
        return ""
    difference, interval = found
    word = "上升" if difference > 0 else "下降" if difference < 0 else "持平"
    if difference == 0 and interval is None:
        return word
    text = f"{word}{abs(difference) * 100:.2f}个百分点"
    if interval is None:
        return text
    low, high = (bound * 100 for bound in interval)
    unsure = ",变化在抽样误差之内" if low <= 0 <= high else ""
    return f"{text}(95%区间{low:.2f}至{high:.2f}{unsure})"


def reason_text(reason: Mapping[str, Any]) -> str:
    """Why a line was met, in one sentence that can stand in a paper."""
    scope = (
        "药品、医疗、保健食品、化妆品、美容服务广告" if reason["applies"] == "focus" else "全部广告"
    )
    if reason["measure"] == "serious_count":
        told = (
            f"{scope}中经确认的严重违法广告{int(reason['figure'])}条(达到{reason['at_least']:g}条)"
        )
    else:
        interval = reason["interval"]
        shown = rate_text({"value": reason["figure"], "interval": interval})
        what = "区间下限" if reason["bound"] == "lower" and interval else ""
        told = (
            f"{scope}{MEASURES[reason['measure']]}{shown},监测{reason['rows']}条次,"
            f"{what}达到{reason['at_least'] * 100:g}%"
        )
    if reason["after"]:
        title = step_title(reason["after"])
        told += f";此前{reason['within_months']}个月内已采取{title}措施"
    return told + "。"


def step_title(code: str) -> str:
    """Name of a step."""
    return next((step.title_zh for step in law.media_ladder().steps if step.code == code), code)


def cited(articles: Iterable[law.Citation]) -> str:
    """Articles as Chinese papers cite them."""
    return "、".join(law.cite(one) for one in articles)
