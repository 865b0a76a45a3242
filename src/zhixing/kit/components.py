"""`/_components/`: every part of a page with sample data, for looking at and for the browser tests.

Open while DEBUG is on, otherwise to whoever holds `kit.view_components`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.kit.actors import require
from zhixing.kit.charts import Chart, Dot, Line, bars, dots, lines
from zhixing.kit.maps import Map
from zhixing.kit.requests import OfficerRequest
from zhixing.kit.templatetags.kit import LIGHTS, TimelineEntry


class SampleForm(forms.Form):
    """One field of each kind."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One sentence that another officer understands."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=200,
    )
    premises = forms.CharField(label=gettext_lazy("Premises"), required=False)
    on = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[("", "—"), ("a", gettext_lazy("Confirmed")), ("b", gettext_lazy("Dismissed"))],
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        choices=[("n", gettext_lazy("Ordinary")), ("u", gettext_lazy("Urgent"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have told the operator"))


def page(request: OfficerRequest) -> HttpResponse:
    """Every part, in its ordinary, empty and faulty states."""
    if not settings.DEBUG:
        require(request.user, "kit.view_components")
    if getattr(request, "htmx", False):
        told = {"message": _("Sweep finished: 41 leads."), "finished": True}
        return render(request, "kit/parts/job_progress.html", told)
    messages.success(request, _("Decided: %(decision)s.") % {"decision": _("Confirmed")})
    messages.error(request, _("The file could not be read; nothing was changed."))
    return render(request, "kit/components.html", sample(timezone.localtime()))


def sample(now: datetime) -> dict[str, Any]:
    """The data shown; the same for the same instant."""
    faulty = SampleForm({"reason": "", "outcome": "a", "urgency": "n", "on": "2026-13-01"})
    faulty.is_valid()
    return {
        "lights": list(LIGHTS),
        "tones": ["neutral", "accent", "good", "warn", "bad"],
        "rows": SAMPLE_ROWS,
        "interval": (0.955, 0.983),
        "wide_interval": (0.71, 0.93),
        "today": now.date(),
        "this_evening": now + timedelta(minutes=1),
        "in_three_days": now.date() + timedelta(days=3),
        "last_week": now.date() - timedelta(days=6),
        "reasons": SAMPLE_REASONS,
        "events": _events(now),
        "file": SimpleNamespace(
            name=_("Shop front.jpg"),
            at=now,
            size=1_843_200,
            sm3="66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            url="#files",
        ),
        "neighbours": SimpleNamespace(previous="a", next="b"),
        "form": SampleForm(),
        "faulty": faulty,
        "bar_chart": _bar_chart(),
        "line_chart": _line_chart(),
        "dot_chart": _dot_chart(),
        "map": _map(),
    }


SAMPLE_ROWS = [
    ("康帅傅食品经营部", 0.92, "91370102MA3C0N1X5K", "assigned", 4200.5),
    ("大白免糖果批发行", 0.81, "91370102MA3D7Q2P8T", "open", 860),
    ("六个核桃饮品有限公司", 0.35, "91370103MA3F2W9L1H", "taken", 125_300),
]
SAMPLE_REASONS = [
    {
        "code": "shape", "channel": "glyph", "position": 2, "b_position": 2, "a": "师", "b": "帅",
        "text": "第 2 字“师”与“帅”字形相近(0.94)",
    },
    {
        "code": "sound", "channel": "sound", "position": 3, "b_position": 3, "a": "傅", "b": "付",
        "text": "第 3 字“傅”与“付”同音 fù",
    },
]  # fmt: skip


def _events(now: datetime) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            now, _("Lead confirmed"), "李×", _("On site the sign read as suspected."), "#"
        ),
        TimelineEntry(now - timedelta(days=2), _("Lead assigned"), "王×"),
        TimelineEntry(date(2026, 3, 14), _("Licence granted"), icon="certificate"),
    ]


DISTRICTS = ("城东区", "城西区", "北湖区", "南山县", "临河县")


def _bar_chart() -> Chart:
    return bars(
        _("Open leads by district"),
        DISTRICTS,
        (42, 31, 18, 12, 5),
        headings=(_("District"), _("Leads")),
        target=30,
    )


def _line_chart() -> Chart:
    rates = (0.948, 0.957, 0.961, 0.972)
    line = Line(
        _("City"), rates, [rate - 0.016 for rate in rates], [rate + 0.012 for rate in rates]
    )
    rural = Line(_("Countryside"), (0.921, 0.934, None, 0.951))
    return lines(
        _("Pass rate of sampled goods by quarter"),
        ("2025 Q4", "2026 Q1", "2026 Q2", "2026 Q3"),
        (line, rural),
        heading=_("Quarter"),
        unit="percent",
        target=0.98,
        note=_("The band is the 95 percent interval; a gap means nothing was sampled."),
    )


def _dot_chart() -> Chart:
    values = (0.972, 0.961, 0.955, 0.938, None)
    points = [
        Dot(name, value, value and value - 0.02, value and value + 0.013, value and value - 0.008)
        for name, value in zip(DISTRICTS, values, strict=True)
    ]
    headings = (_("District"), _("Pass rate"), _("95 percent interval"), _("last year"))
    return dots(_("Pass rate by district"), points, headings=headings, target=0.97)


def _map() -> Map:
    squares = []
    for index, name in enumerate(DISTRICTS):
        west, south = 116.9 + index % 3 * 0.12, 36.6 + index // 3 * 0.1
        ring = [
            [west, south], [west + 0.12, south], [west + 0.12, south + 0.1], [west, south + 0.1],
            [west, south],
        ]  # fmt: skip
        squares.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"name": name, "value": str(5 + index * 9), "level": index},
            }
        )
    legend = (_("0 to 9"), _("10 to 19"), _("20 to 29"), _("30 to 39"), _("40 and more"))
    features = {"type": "FeatureCollection", "features": squares}
    return Map(_("Open leads by district"), legend, features=features)
