"""Deeds on the watch list: add a brand, change it, stop watching it, take over marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.brands.actions.revise_lists import next_revision
from zhixing.apps.brands.models import WatchedMark
from zhixing.apps.brands.selectors import marks_to_take_over
from zhixing.apps.registry.api import TradeMark, clean_nice_classes, clean_similar_groups
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate

SHORTEST = 2
# What of a brand decides verdicts: when it changes, names are judged anew against it.
DECISIVE = (
    "text", "protection", "holder_name", "trade_mark_id", "territory", "nice_classes",
    "similar_groups", "is_active", "unit_path",
)  # fmt: skip


@transaction.atomic
def add_watched_mark(actor: Actor, values: Mapping[str, Any]) -> WatchedMark:
    """Put a brand on the watch list; without `unit_path` on that of the actor's own office.

    Raises:
        Refused: the actor keeps no watch list of that office.
        Invalid: the text is too short to tell names apart, or is on the list already.
    """
    mark = WatchedMark(unit_path=actor.unit_path)
    apply_changes(mark, values)
    require(actor, "brands.add_watchedmark", mark)
    _check(mark)
    return _add(actor, mark, next_revision())


def _add(actor: Actor, mark: WatchedMark, revision: int) -> WatchedMark:
    with deed(actor, "watched_mark.add") as act:
        mark.revision = revision
        mark.save()
        act.obj = mark
    return mark


def change_watched_mark(
    actor: Actor,
    obj: WatchedMark,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> WatchedMark:
    """Change what the list says of a brand, or stop and resume watching it.

    Raises:
        Refused: the brand is not on a list of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        mark = fresh_row(obj, stamp)
        require(actor, "brands.change_watchedmark", mark)
        with deed(actor, "watched_mark.change", mark, reason=reason):
            before = [getattr(mark, name) for name in DECISIVE]
            apply_changes(mark, changes)
            require(actor, "brands.change_watchedmark", mark)
            _check(mark)
            if before != [getattr(mark, name) for name in DECISIVE]:
                mark.revision = next_revision()
            mark.save()
    return mark


@transaction.atomic
def take_over_marks(actor: Actor, *, unit_path: str = "") -> list[WatchedMark]:
    """Put every protected mark of the register on the watch list of an office, in one step.

    Protected is a mark with a protection, and a geographical indication. Several registrations of
    one text become one brand with the classes of all. A text on the list already stays as it is.

    Args:
        unit_path: the office whose list it is; default: the actor's.

    Raises:
        Refused: the actor keeps no watch list of that office.
    """
    path = unit_path or actor.unit_path
    require(actor, "brands.add_watchedmark", WatchedMark(unit_path=path))
    by_text: dict[str, WatchedMark] = {}
    for own in marks_to_take_over(actor, path):
        text = own.text.strip()
        if not SHORTEST <= len(text) <= _longest():
            continue
        if text in by_text:
            _join(by_text[text], own)
        else:
            by_text[text] = _of_register(own, text, path)
    if not by_text:
        return []
    revision = next_revision()
    for mark in by_text.values():
        _check(mark)
    return [_add(actor, mark, revision) for mark in by_text.values()]


def _longest() -> int:
    return int(WatchedMark._meta.get_field("text").max_length or 0)


def _of_register(own: TradeMark, text: str, unit_path: str) -> WatchedMark:
    return WatchedMark(
        unit_path=unit_path,
        text=text,
        protection=_protection(own),
        holder_name=own.holder_name[:120],
        trade_mark=own,
        nice_classes=own.nice_classes,
        similar_groups=own.similar_groups,
    )


def _join(mark: WatchedMark, own: TradeMark) -> None:
    """A further registration of the same text; the strongest protection stands."""
    mark.nice_classes = sorted({*mark.nice_classes, *own.nice_classes})
    mark.similar_groups = sorted({*mark.similar_groups, *own.similar_groups})
    order = list(WatchedMark.Protection.values)
    mark.protection = min(mark.protection, _protection(own), key=order.index)


def _protection(own: TradeMark) -> str:
    known = {
        TradeMark.Protection.WELL_KNOWN.value: WatchedMark.Protection.WELL_KNOWN,
        TradeMark.Protection.PROVINCIAL.value: WatchedMark.Protection.FAMOUS,
        TradeMark.Protection.FOREIGN.value: WatchedMark.Protection.FOREIGN,
    }
    if own.kind == TradeMark.Kind.GEOGRAPHICAL and "well_known" not in own.protection:
        return WatchedMark.Protection.GEOGRAPHICAL.value
    found = [level for code, level in known.items() if code in own.protection]
    return (found or [WatchedMark.Protection.LOCAL])[0].value


@transaction.atomic
def revise_watched_of(marks: Iterable[int]) -> list[str]:
    """Let names be judged anew against brands whose registered marks have changed.

    Returns the offices that watch them.
    """
    rows = WatchedMark.objects.filter(trade_mark_id__in=list(marks), is_active=True)
    offices = sorted(set(rows.values_list("unit_path", flat=True)))
    if offices:
        rows.update(revision=next_revision())
    return offices


def _check(mark: WatchedMark) -> None:
    mark.text = mark.text.strip()
    if len(mark.text) < SHORTEST:
        sentence = _(
            "A watched brand needs at least %(n)d characters; “%(text)s” would match too much."
        ) % {"n": SHORTEST, "text": mark.text}
        raise Invalid(sentence, fields={"text": [sentence]})
    mark.nice_classes = clean_nice_classes(mark.nice_classes)
    mark.similar_groups = clean_similar_groups(mark.similar_groups)
    mark.territory = clean_territory(mark.territory)
    validate(mark)


def clean_territory(values: Iterable[object]) -> list[str]:
    """Division codes without closing zeros, sorted, none inside another.

    Raises:
        Invalid: a code is not 2 to 12 digits.
    """
    codes = set()
    for value in values:
        text = str(value).strip()
        if not (text.isdecimal() and 2 <= len(text) <= 12):
            sentence = _(
                "Territory: expected division codes of 2 to 12 digits, found “%(found)s”."
            ) % {"found": text}
            raise Invalid(sentence, fields={"territory": [sentence]})
        codes.add(_division(text))
    return sorted(
        code for code in codes if not any(code != o and code.startswith(o) for o in codes)
    )


def _division(code: str) -> str:
    """A division's own digits: 370000 is the province 37, 370100 the city 3701."""
    while len(code) > 2 and len(code) <= 6 and code.endswith("00"):
        code = code[:-2]
    return code
