"""The board: the programme clause by clause, each with its light and what is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from zhixing.apps.programme import lights
from zhixing.apps.programme.amounts import difference
from zhixing.apps.programme.models import ItemSetting, Programme
from zhixing.apps.programme.narrowing import NarrowedActor
from zhixing.apps.programme.selectors import programme_of, settings_of
from zhixing.apps.programme.spans import WEEK, Span
from zhixing.kit import indicators
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Round
from zhixing.law.programme import Clause, Indicator, Item, Unit

CHANGES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the programme as it stands.

    Attributes:
        figure, base: counted now and for the base year; None when no app counts the indicator.
        target: the bureau's own, else that of the programme; None for neither.
        rounds: those held this year, newest first; None when no app holds such rounds.
        due, required: rounds due by now and in the whole year; None where no number is asked for.
        proposed_owner: the unit that the programme text names or proposes.
        changes: what changed in the last seven days, in words.
        office: path of the office that the figure is narrowed to; empty for all.
    """

    item: Item
    indicator: Indicator | None
    setting: ItemSetting | None
    proposed_owner: Unit
    light: str
    why: tuple[str, ...]
    figure: Figure | None
    base: Figure | None
    target: float | None
    rounds: Sequence[Round] | None
    due: int | None
    required: int | None
    changes: tuple[str, ...]
    office: str = ""

    @property
    def rows_url(self) -> str:
        """The page of the rows behind the figure, narrowed to the office as the figure is."""
        url = self.figure.rows_url if self.figure is not None else ""
        if not url or not self.office:
            return url
        return f"{url}{'&' if '?' in url else '?'}{urlencode({'office': self.office})}"

    @property
    def is_monitored(self) -> bool:
        """Whether any app counts a figure or rounds of it."""
        return self.light != lights.UNMONITORED

    @property
    def held(self) -> int:
        """How many rounds were held."""
        return len(self.rounds or ())

    @property
    def is_share(self) -> bool:
        """Whether the figure is a share, which the board draws as a bar."""
        return self.indicator is not None and self.indicator.unit == "share"

    @property
    def has_own_target(self) -> bool:
        """Whether the bureau set the target itself."""
        return self.setting is not None and self.setting.target is not None

    @property
    def is_owned(self) -> bool:
        """Whether the bureau named who is in charge."""
        return self.setting is not None and self.setting.is_owned


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One clause with its items; a chapter without text of its own has none."""

    clause: Clause
    items: tuple[ItemRow, ...]

    @property
    def light(self) -> str:
        """The worst light of the items that are monitored."""
        return lights.worst(item.light for item in self.items)

    @property
    def unmonitored(self) -> int:
        """How many items nobody counts yet."""
        return sum(not item.is_monitored for item in self.items)

    @property
    def telling(self) -> ItemRow | None:
        """The item that decides the light: the worst monitored one, the first of several."""
        return next((item for item in self.items if item.light == self.light), None)

    @property
    def with_rounds(self) -> ItemRow | None:
        """The item that asks for a number of rounds a year, if one does."""
        return next((item for item in self.items if item.required), None)

    @property
    def owned(self) -> int:
        """How many items have somebody in charge."""
        return sum(item.is_owned for item in self.items)

    @property
    def changes(self) -> list[tuple[ItemRow, str]]:
        """What changed in the last seven days, with the item it belongs to."""
        return [(item, text) for item in self.items for text in item.changes]

    @property
    def more_changes(self) -> int:
        """How many changes do not stand on the clause's own line."""
        return max(len(self.changes) - CHANGES_SHOWN, 0)


def board(actor: Actor, year: int, on: date, programme: Programme | None = None) -> list[BoardRow]:
    """Every clause of the year's programme with its items, lights, figures and rounds.

    Args:
        actor: whose offices are counted.
        on: the day of looking.
        programme: that of the year, if it is at hand.

    Raises:
        Refused: the actor's role has no business with the programme.
    """
    programme = programme or programme_of(actor, year)
    if programme is None:
        return []
    counting = _Counting(actor, programme, on)
    return [
        BoardRow(clause, tuple(counting.row(item) for item in programme.text.items_of(clause.path)))
        for clause in programme.text.clauses
    ]


def item_row(actor: Actor, programme: Programme, code: str, on: date) -> ItemRow:
    """One item as it stands.

    Raises:
        law.UnknownCode: the programme has no such item.
    """
    return _Counting(actor, programme, on).row(programme.text.item(code))


class _Counting:
    """Asks the registered functions for one actor, programme and day."""

    def __init__(self, actor: Actor, programme: Programme, on: date) -> None:
        self.actor, self.programme, self.text = actor, programme, programme.text
        self.span = Span(programme.year, programme.base_year, on)
        self.settings: Mapping[str, ItemSetting] = settings_of(programme)

    def row(self, item: Item) -> ItemRow:
        indicator = self.text.indicator(item.indicator) if item.indicator else None
        setting = self.settings.get(item.code)
        figure = (
            indicators.figure(indicator.code, self.actor, self.span.period) if indicator else None
        )
        base = self._base(indicator) if indicator and figure else None
        target = _target(indicator, setting)
        rounds = indicators.rounds(item.code, self.actor, self.span.period)
        light, why = lights.judge_item(
            [
                *self._figure_part(indicator, figure, target, base),
                *self._rounds_part(item, rounds, figure),
            ]
        )
        times = item.cadence.times
        return ItemRow(
            item=item,
            indicator=indicator,
            setting=setting,
            proposed_owner=self.text.unit(item.owner),
            light=light,
            why=tuple(why),
            figure=figure,
            base=base,
            target=target,
            rounds=sorted(rounds, key=lambda held: held.on, reverse=True)
            if rounds is not None
            else None,
            due=self.span.rounds_due(times) if times else None,
            required=times,
            changes=tuple(self._changes(indicator, figure, rounds)),
            office=self.actor.scope_paths[0] if isinstance(self.actor, NarrowedActor) else "",
        )

    def _figure_part(
        self,
        indicator: Indicator | None,
        figure: Figure | None,
        target: float | None,
        base: Figure | None,
    ) -> list[lights.Judgement | None]:
        if indicator is None:
            return []
        if figure is None:
            return [None]
        goal = lights.Goal(indicator.unit, indicator.direction, target, base)
        return [lights.judge_figure(figure, goal, self.span)]

    def _rounds_part(
        self, item: Item, rounds: Sequence[Round] | None, figure: Figure | None
    ) -> list[lights.Judgement | None]:
        if item.cadence.kind == "continuous" and (rounds is None or figure is not None):
            return []
        if rounds is None:
            return [None]
        return [lights.judge_cadence(item.cadence, len(rounds), self.span)]

    def _base(self, indicator: Indicator) -> Figure | None:
        period = self.span.base(same_days=indicator.unit in lights.CUMULATIVE)
        return indicators.figure(indicator.code, self.actor, period)

    def _changes(
        self, indicator: Indicator | None, figure: Figure | None, rounds: Sequence[Round] | None
    ) -> list[str]:
        changes = []
        before = self.span.week_ago
        if indicator is not None and figure is not None and before is not None:
            then = indicators.figure(indicator.code, self.actor, before)
            if then is not None and (moved := difference(figure, then, indicator.unit)):
                changes.append(moved)
        new = [held for held in rounds or () if self.span.on - WEEK < held.on <= self.span.on]
        if new:
            changes.append(_("%(n)d new round(s)") % {"n": len(new)})
        return changes


def _target(indicator: Indicator | None, setting: ItemSetting | None) -> float | None:
    if setting is not None and setting.target is not None:
        return setting.target
    if indicator is not None and indicator.target is not None:
        return float(indicator.target)
    return None
