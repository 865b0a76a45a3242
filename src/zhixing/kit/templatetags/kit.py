"""The parts that pages are put together from; `/_components/` shows each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zhixing.kit import formats
from zhixing.kit.charts import Chart
from zhixing.kit.differences import CHANNELS, compare
from zhixing.kit.history import HistoryEntry, deed_name
from zhixing.kit.icons import ICONS
from zhixing.kit.maps import Map

register = template.Library()
Text = str | Promise
Context = dict[str, Any]

register.filter("percent", formats.percent)
register.filter("number", formats.number)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("file_size", formats.file_size)

# state → (icon, word); the shape and the word carry the meaning, the colour only repeats it
LIGHTS: Mapping[str, tuple[str, Text]] = {
    "good": ("circle-check", _("On track")),
    "late": ("alert-triangle", _("Behind")),
    "bad": ("circle-x", _("Target missed")),
    "unknown": ("help-circle", _("Cannot tell")),
    "unmonitored": ("circle-dashed", _("Not monitored yet")),
}
TONES = {
    "neutral": "neutral", "accent": "accent", "good": "good", "warn": "warn", "bad": "bad",
    "secondary": "neutral", "primary": "accent", "info": "accent", "success": "good",
    "warning": "warn", "danger": "bad", "green": "good", "yellow": "warn", "orange": "warn",
    "red": "bad", "blue": "accent", "teal": "accent",
}  # fmt: skip


@register.filter
def short_hash(value: str) -> str:
    """The first twelve digits of a hash, enough to compare by eye."""
    return value[:12]


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """An icon of the sprite; with a label it speaks for itself, without one it is decoration.

    Raises:
        ValueError: the name is not in `zhixing.kit.icons`.
    """
    if name not in ICONS:
        raise ValueError(f"icon must be named in zhixing.kit.icons; got {name}")
    address = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label, address,
        )  # fmt: skip
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.inclusion_tag("kit/parts/light.html")
def light(state: str, label: Text = "") -> Context:
    """A status light: good, late, bad, unknown or unmonitored, always with its word."""
    sign, word = LIGHTS[state]
    return {"state": state, "icon": sign, "label": label or word}


@register.inclusion_tag("kit/parts/badge.html")
def badge(text: Any, tone: str = "neutral", icon: str = "") -> Context:
    """A word in a tinted box; tones neutral, accent, good, warn, bad."""
    return {"text": text, "tone": TONES[tone], "icon": icon}


@register.inclusion_tag("kit/parts/dots.html")
def dots(done: int, required: int) -> Context:
    """What was done of what a period asks for, as ●●○○ 2/4."""
    return {
        "filled": range(min(done, required)),
        "open": range(max(required - done, 0)),
        "done": done,
        "required": required,
    }


@register.simple_tag
def share(
    value: float | None,
    numerator: int | None = None,
    denominator: int | None = None,
    interval: tuple[float, float] | None = None,
) -> str:
    """A share with its counts and interval, see `formats.share`."""
    return formats.share(value, numerator, denominator, interval)


BAR_WIDTH = 160


@register.inclusion_tag("kit/parts/interval_bar.html")
def interval_bar(
    value: float | None,
    interval: tuple[float, float] | None = None,
    target: float | None = None,
    base: float | None = None,
    low: float = 0.0,
    high: float = 1.0,
) -> Context:
    """A share on a scale: interval as a band, value as a dot, target and last year as ticks.

    Args:
        low, high: ends of the scale; what lies beyond is drawn at the end.
    """

    def at(share: float | None) -> float | None:
        if share is None:
            return None
        inside = min(max((share - low) / (high - low), 0.0), 1.0)
        return round(4 + inside * (BAR_WIDTH - 8), 1)

    band = None
    if interval is not None:
        start, end = at(interval[0]) or 0.0, at(interval[1]) or 0.0
        band = {"x": start, "width": round(max(end - start, 1.0), 1)}
    return {
        "value": at(value), "band": band, "target": at(target), "base": at(base),
        "value_text": formats.share(value, interval=interval),
        "target_text": None if target is None else formats.percent(target),
        "base_text": None if base is None else formats.percent(base),
        "width": BAR_WIDTH,
    }  # fmt: skip


@register.inclusion_tag("kit/parts/deadline.html")
def deadline(
    due: date | datetime | None, working_days: int | None = None, provisional: bool = False
) -> Context:
    """A date and what is left until it; provisional where a year's holidays are not announced."""
    if due is None:
        return {"due": None}
    left = formats.time_left(due, working_days=working_days)
    when = formats.moment(due) if isinstance(due, datetime) else formats.day(due)
    return {"due": when, "left": left, "tone": _urgency(due), "provisional": provisional}


def _urgency(due: date | datetime) -> str:
    now = timezone.localtime()
    if isinstance(due, datetime):
        if due < now:
            return "bad"
        due = timezone.localtime(due).date()
    days = (due - now.date()).days
    return "bad" if days < 0 else "warn" if days <= 1 else "neutral"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, for `{% timeline %}`."""

    at: date | datetime
    title: Text
    actor: str = ""
    note: str = ""
    url: str = ""
    icon: str = ""


@register.inclusion_tag("kit/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> Context:
    """What happened, newest first as given; takes change-log entries too."""
    return {"entries": [_timeline_entry(entry) for entry in entries]}


def _timeline_entry(entry: Any) -> Any:
    if isinstance(entry, HistoryEntry):
        who = " · ".join(part for part in (entry.actor, entry.office) if part)
        return TimelineEntry(entry.at, deed_name(entry.deed), who, entry.reason)
    return entry


@register.inclusion_tag("kit/parts/empty.html")
def empty(why: Text, action: Text = "", url: str = "") -> Context:
    """An empty list: why it is empty and what to do next."""
    return {"why": why, "action": action, "url": url}


@register.inclusion_tag("kit/parts/error_summary.html")
def error_summary(form: forms.BaseForm) -> Context:
    """Everything wrong with a form, on top, each line leading to its field."""
    fields = [(field, field.errors) for field in form if field.errors]
    return {"general": form.non_field_errors(), "fields": fields}


@register.inclusion_tag("kit/forms/field.html")
def formfield(field: BoundField) -> Context:
    """One field with its label, help and errors."""
    return {"field": field}


TEXTLESS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input in the house style."""
    widget = field.field.widget
    house = "form-control"
    if isinstance(widget, TEXTLESS):
        house = "form-check-input" if isinstance(widget, forms.CheckboxInput) else ""
    elif isinstance(widget, forms.Select):
        house = "form-select"
    if field.errors:
        house += " is-invalid"
    classes = f"{widget.attrs.get('class', '')} {house}".strip()
    shown = field.as_widget(attrs={"class": classes} if classes else None)
    if field.field.show_hidden_initial:
        shown += field.as_hidden(only_initial=True)
    return shown


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the field is a single box, whose label follows it."""
    return type(field.field.widget) is forms.CheckboxInput


@register.inclusion_tag("kit/parts/masked.html")
def masked(value: str, url: str = "") -> Context:
    """Personal data as masked, with the way to read it (which asks for a reason and is logged)."""
    return {"value": value, "url": url}


@register.inclusion_tag("kit/parts/differ.html")
def differ(
    a: str,
    b: str,
    reasons: Sequence[Mapping[str, Any]],
    a_label: Text = "",
    b_label: Text = "",
) -> Context:
    """Two names side by side; differing characters carry their channel, reasons stand below."""
    left, right = compare(a, b, reasons)
    told = [
        {"channel": CHANNELS.get(str(reason.get("channel")), ""), "text": reason["text"]}
        for reason in reasons
        if reason.get("text")
    ]
    return {
        "a": left, "b": right, "told": told,
        "a_label": a_label or _("Protected mark"), "b_label": b_label or _("Name compared"),
    }  # fmt: skip


@register.inclusion_tag("kit/parts/probability.html")
def probability(
    value: float, confirmed: int | None = None, total: int | None = None, brief: bool = False
) -> Context:
    """A probability with what it means: how many decided leads of like score were confirmed."""
    return {
        "value": formats.percent(value, 0),
        "confirmed": confirmed,
        "total": total or 0,
        "brief": brief,
    }


@register.inclusion_tag("kit/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, param: str = "cursor") -> Context:
    """Links to the neighbours of a page by key; the other parameters of the address stay."""

    def address(cursor: str) -> str:
        query: QueryDict = context["request"].GET.copy()
        query[param] = cursor
        return f"?{query.urlencode()}"

    return {
        "previous": address(page.previous) if page.previous else "",
        "next": address(page.next) if page.next else "",
    }


@register.inclusion_tag("kit/parts/progress_bar.html")
def progress_bar(done: int, total: int | None, label: Text = "") -> Context:
    """How far something is; without a total it only shows that it moves."""
    portion = formats.percent(done / total, 0) if total else ""
    return {"done": done, "total": total, "label": label, "portion": portion}


@register.inclusion_tag("kit/parts/job_progress.html")
def job_progress(
    url: str,
    done: int = 0,
    total: int | None = None,
    message: Text = "",
    finished: bool = False,
    cancel_url: str = "",
) -> Context:
    """The progress of a job, asked for again every two seconds until it is finished.

    The page at `url` answers an htmx request with this part alone; without JavaScript the link
    loads it as a page.
    """
    return {
        "url": url, "done": done, "total": total, "message": message,
        "finished": finished, "cancel_url": cancel_url,
    }  # fmt: skip


@register.inclusion_tag("kit/parts/file_line.html")
def file_line(file: Any) -> Context:
    """A file with name, time, size and the start of its SM3 hash."""
    return {"file": file}


@register.inclusion_tag("kit/parts/chart.html", name="chart")
def draw_chart(drawn: Chart) -> Context:
    """A chart with its figures as a table below."""
    word = _word(f"{drawn.title}{drawn.rows}")
    return {"chart": drawn, "id": f"chart-{word}"}


@register.inclusion_tag("kit/parts/map.html", name="map")
def draw_map(drawn: Map) -> Context:
    """A map with its legend, and its places as a list below."""
    legend = [{"level": level, "label": label} for level, label in enumerate(drawn.legend)]
    places = [(place, legend[place.level]["label"]) for place in drawn.places]
    word = _word(str(drawn.title))
    return {"map": drawn, "legend": legend, "places": places, "id": f"map-{word}"}


def _word(text: str) -> str:
    """A short word made of a text, to serve as an element's id."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
