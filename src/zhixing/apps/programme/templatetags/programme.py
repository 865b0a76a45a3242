"""Words of the programme on its pages."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhixing.apps.programme.amounts import amount
from zhixing.apps.programme.board import BoardRow, ItemRow
from zhixing.kit.formats import share
from zhixing.law.programme import Item

register = template.Library()

DIRECTIONS = {
    "up": gettext_lazy("should rise"),
    "down": gettext_lazy("should fall"),
    "hold": gettext_lazy("should not get worse"),
}

METHODS = {
    "count": gettext_lazy("count"),
    "share, Wilson": gettext_lazy("share with its Wilson interval"),
    "share, complete count": gettext_lazy("share of a complete count, hence without interval"),
}


@register.filter
def titled(row: Any) -> str:
    """The title of a clause, item, indicator or unit in the language of the page."""
    language = get_language() or ""
    title: str = row.title_en if language.startswith("en") else row.title_zh
    return title


@register.filter
def noted(item: Item) -> str:
    """What the plan leaves open about an item, in the language of the page."""
    return item.note_en if (get_language() or "").startswith("en") else item.note_zh


@register.filter
def in_unit(value: float | None, row: ItemRow) -> str:
    """A value in the unit of the item's indicator."""
    return amount(value, row.indicator.unit) if row.indicator is not None else "–"


@register.filter
def in_full(row: ItemRow) -> str:
    """The figure with its counts and interval."""
    figure = row.figure
    if figure is None:
        return "–"
    if row.is_share:
        return share(figure.value, figure.numerator, figure.denominator, figure.interval)
    return in_unit(figure.value, row)


@register.filter
def counts(row: ItemRow) -> str:
    """Numerator and denominator of a share, short: 583/600."""
    figure = row.figure
    if figure is None or figure.numerator is None or figure.denominator is None:
        return ""
    return f"{figure.numerator}/{figure.denominator}"


@register.filter
def interval_text(row: ItemRow) -> str:
    """The interval of a share in percent, short: 95.5–98.3."""
    if row.figure is None or row.figure.interval is None:
        return ""
    low, high = row.figure.interval
    return f"{low * 100:.1f}–{high * 100:.1f}"


@register.filter
def direction(word: str) -> str:
    """What is better for a figure, in words."""
    return str(DIRECTIONS[word])


@register.filter
def method_name(method: str) -> str:
    """How a figure is computed, in words; the name of the method where nobody put it into words."""
    return str(METHODS.get(method, method))


@register.filter
def how_often(row: ItemRow) -> str:
    """The cadence in words."""
    cadence = row.item.cadence
    if cadence.kind == "continuous":
        return _("all year round")
    if cadence.kind == "once":
        return _("once")
    told = {"times": cadence.times}
    return (
        _("at least %(times)d times a year") if cadence.at_least else _("%(times)d times a year")
    ) % told


@register.filter
def owner_name(row: ItemRow) -> str:
    """Who is in charge: as the bureau named them, else the unit of the programme text."""
    if row.setting is not None and row.setting.is_owned:
        named = (row.setting.owner_officer, row.setting.owner_unit)
        return " · ".join(str(who) for who in named if who is not None)
    return titled(row.proposed_owner)


@register.filter
def owner_names(row: BoardRow) -> str:
    """The owners of a clause's items, each once, the two most frequent by name."""
    names = Counter(owner_name(item) for item in row.items)
    shown = [name for name, _times in names.most_common(2)]
    text = (
        _("%(first)s, %(second)s") % {"first": shown[0], "second": shown[1]}
        if len(shown) == 2
        else "".join(shown)
    )
    more = len(names) - len(shown)
    return _("%(names)s and %(n)d more") % {"names": text, "n": more} if more else text
