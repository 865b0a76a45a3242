"""Charts as data: an ECharts option made in Python, and the same figures as a table.

Bars start at zero; estimates show their interval; colours come from the page's theme, never from
here. Draw one with `{% chart %}`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhixing.kit.formats import NOTHING, percent

Format = Callable[[float | None], str]
Value = float | None


def number(value: Value) -> str:
    """A plain figure, with separators; a dash when there is none."""
    return NOTHING if value is None else f"{value:,.6g}"


@dataclass(frozen=True, slots=True)
class Chart:
    """What `{% chart %}` draws, and the table behind it.

    Attributes:
        title: what is shown, of whom, when: the chart's caption and its name for screen readers.
        option: the ECharts option, JSON values only.
        headings: of the table behind the chart.
        rows: its cells as text; the first cell of each names the row.
        unit: how the page's script writes values: `percent` or `number`.
        note: one line below, e.g. what the interval is.
    """

    title: str
    option: dict[str, Any]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str = "number"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart; None where nothing was measured; bounds as long as values, or empty."""

    name: str
    values: Sequence[Value]
    lower: Sequence[Value] = ()
    upper: Sequence[Value] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """An estimate with its 95 % interval, and last year's value as a tick."""

    label: str
    value: Value
    lower: Value = None
    upper: Value = None
    base: Value = None


def _writer(unit: str) -> Format:
    return percent if unit == "percent" else number


def bars(
    title: str,
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    headings: tuple[str, str],
    unit: str = "number",
    target: Value = None,
    note: str = "",
) -> Chart:
    """Horizontal bars from zero, first label on top, each with its figure at its end.

    Raises:
        ValueError: labels and values differ in length.
    """
    write = _writer(unit)
    rows = tuple((label, write(value)) for label, value in zip(labels, values, strict=True))
    series: dict[str, Any] = {
        "type": "bar",
        "data": list(values),
        "barMaxWidth": 22,
        "label": {"show": True, "position": "right"},
    }
    if target is not None:
        series["markLine"] = _target_line("xAxis", target)
    option = {
        "xAxis": {"type": "value", "min": 0},
        "yAxis": {"type": "category", "data": list(labels), "inverse": True},
        "series": [series],
    }
    return Chart(title, option, headings, rows, unit, note)


def lines(
    title: str,
    points: Sequence[str],
    series: Sequence[Line],
    *,
    heading: str,
    unit: str = "number",
    target: Value = None,
    note: str = "",
) -> Chart:
    """Lines over time, each named at its end, with a band where it has an interval.

    Raises:
        ValueError: a line's values or bounds differ in length from the points.
    """
    write = _writer(unit)
    drawn: list[dict[str, Any]] = []
    for index, line in enumerate(series):
        if len(line.values) != len(points):
            raise ValueError(
                f"line {line.name} must have {len(points)} values; got {len(line.values)}"
            )
        if line.lower:
            drawn += _band(line, index)
        drawn.append(
            {
                "type": "line",
                "name": line.name,
                "data": list(line.values),
                "colorIndex": index,
                "endLabel": {"show": True, "formatter": "{a}"},
            }
        )
    if target is not None and drawn:
        drawn[-1]["markLine"] = _target_line("yAxis", target)
    option = {
        "xAxis": {"type": "category", "data": list(points), "boundaryGap": False},
        "yAxis": {"type": "value", "scale": unit == "percent"},
        "series": drawn,
    }
    rows = tuple(
        (point, *(_with_bounds(line, at, write) for line in series))
        for at, point in enumerate(points)
    )
    return Chart(title, option, (heading, *(line.name for line in series)), rows, unit, note)


def dots(
    title: str,
    points: Sequence[Dot],
    *,
    headings: tuple[str, str, str, str],
    unit: str = "percent",
    target: Value = None,
    note: str = "",
) -> Chart:
    """Estimates side by side: a dot with its interval, a tick for the base year, a target line.

    Args:
        headings: of the table: row, value, interval, base.
    """
    write = _writer(unit)
    data = [
        [dot.value, at, dot.lower, dot.upper, dot.base]
        for at, dot in enumerate(points)
        if dot.value is not None
    ]
    series: dict[str, Any] = {"type": "custom", "drawAs": "dotInterval", "data": data}
    marks: dict[str, Any] = {"type": "scatter", "data": [], "silent": True}
    if target is not None:
        marks["markLine"] = _target_line("xAxis", target)
    drawn = [end for dot in points for end in (dot.value, dot.lower, dot.upper, dot.base)]
    low, high = _ends([*drawn, target])
    option = {
        "xAxis": {"type": "value", "min": low, "max": high},
        "yAxis": {"type": "category", "data": [dot.label for dot in points], "inverse": True},
        "series": [series, marks],
    }
    rows = tuple(
        (
            dot.label,
            write(dot.value),
            NOTHING if dot.lower is None else f"{write(dot.lower)}–{write(dot.upper)}",
            write(dot.base),
        )
        for dot in points
    )
    return Chart(title, option, headings, rows, unit, note)


def _target_line(axis: str, at: float) -> dict[str, Any]:
    # The label goes to the top of an upright line: below stand the figures of the axis.
    label = {"position": "start" if axis == "xAxis" else "insideEndTop"}
    point = {axis: at, "name": gettext("target")}
    return {"symbol": "none", "silent": True, "data": [point], "label": label}


def _ends(values: Sequence[Value]) -> tuple[float, float]:
    """Round figures just outside of the values, so that no interval touches the edge."""
    known = [value for value in values if value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    step = 10 ** math.floor(math.log10((high - low) or abs(high) or 1.0)) / 2
    digits = max(0, 1 - math.floor(math.log10(step)))
    return (
        round(math.floor(low / step) * step, digits),
        round(math.ceil(high / step) * step, digits),
    )


def _band(line: Line, index: int) -> list[dict[str, Any]]:
    """Two stacked series: an unseen one up to the lower bound, and the width above it."""
    lower, upper = list(line.lower), list(line.upper)
    if len(lower) != len(line.values) or len(upper) != len(line.values):
        raise ValueError(f"bounds of {line.name} must have {len(line.values)} values")
    width = [
        None if low is None or high is None else high - low
        for low, high in zip(lower, upper, strict=True)
    ]
    common = {"type": "line", "stack": f"band{index}", "symbol": "none", "silent": True}
    return [
        {**common, "data": lower, "band": "floor", "colorIndex": index},
        {**common, "data": width, "band": "width", "colorIndex": index},
    ]


def _with_bounds(line: Line, at: int, write: Format) -> str:
    text = write(line.values[at])
    if not line.lower or line.lower[at] is None:
        return text
    return f"{text} ({write(line.lower[at])}–{write(line.upper[at])})"
