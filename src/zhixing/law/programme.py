"""The programme as data: its clauses, what each asks for, who answers, how often, what figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from zhixing.law.errors import TableInvalid, UnknownCode, UnknownTable
from zhixing.law.schema import Row
from zhixing.law.sources import Document, documents, first_problem, local_directory, names

FOLDER = "programmes"
CODE = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"
_WORD = re.compile(r"\w")

R = TypeVar("R", "Clause", "Item", "Indicator", "Unit")


class Unit(Row):
    """A part of the bureau that answers for items; `named` if the programme itself names it.

    `kind` is the kind of office it belongs to: the city bureau, a county bureau, a field office.
    """

    code: str = Field(pattern=CODE)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    kind: Literal["city", "county", "office"]
    named: bool = False


class Clause(Row):
    """A heading of the programme with the words below it; `path` is such as `二/(四)`."""

    path: str = Field(pattern=r"^\S+$")
    number: str = Field(min_length=1)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    heading: str = Field(min_length=1)
    text: str = ""

    @property
    def level(self) -> int:
        """1 for a chapter, 2 for a clause in it."""
        return self.path.count("/") + 1


class Cadence(Row):
    """How often an item is to happen: all the time, once, or so many times a year."""

    kind: Literal["continuous", "once", "per_year"]
    times: int | None = Field(default=None, gt=0)
    at_least: bool = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.kind == "per_year") != (self.times is not None):
            raise ValueError("times is given for kind per_year, and only then")
        if self.at_least and self.times is None:
            raise ValueError("at_least needs times")
        return self


class Indicator(Row):
    """A figure the board counts.

    `direction` says what is better: `up`, `down`, or `hold` (not worse than the base year).
    `target` is the number the plan states, or one that is `proposed` because the plan states none;
    without a target the figure is held against the programme's base year. A share lies in [0, 1].
    """

    code: str = Field(pattern=CODE)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    unit: Literal["share", "count", "score", "per_1000", "days"]
    direction: Literal["up", "down", "hold"]
    target: Decimal | None = None
    proposed: bool = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.proposed and self.target is None:
            raise ValueError(f"indicator {self.code}: only a target can be proposed")
        return self


class Item(Row):
    """One thing the programme asks for, in its own words (`quotes`).

    A note says what the plan leaves open; an item with a proposed target must have one.

    `monitor` names the app that will count the indicator; whether it is built is known at run time
    by whether the indicator's code is registered.
    """

    code: str = Field(pattern=CODE)
    path: str
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    quotes: tuple[str, ...] = Field(min_length=1)
    owner: str
    support: tuple[str, ...] = ()
    cadence: Cadence
    indicator: str | None = None
    monitor: str | None = None
    engine: str | None = None
    note_zh: str = ""
    note_en: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.note_zh) != bool(self.note_en):
            raise ValueError(f"item {self.code}: a note stands in both languages")
        return self

    @property
    def text(self) -> str:
        """The words of the programme that the item stands for."""
        return "……".join(self.quotes)


class Header(Row):
    """Name and years of a programme; figures of `base_year` are what it is held against."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    year: int
    base_year: int
    preamble: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.base_year >= self.year:
            raise ValueError(f"base_year must lie before {self.year}; got {self.base_year}")
        return self


class Programme(Row):
    """A whole programme, checked: codes are unique, references lead somewhere, quotes are true."""

    header: Header = Field(alias="programme")
    units: tuple[Unit, ...] = Field(alias="unit", min_length=1)
    clauses: tuple[Clause, ...] = Field(alias="clause", min_length=1)
    items: tuple[Item, ...] = Field(alias="item", min_length=1)
    indicators: tuple[Indicator, ...] = Field(alias="indicator", default=())
    origin: str = ""

    @property
    def code(self) -> str:
        """The programme's code."""
        return self.header.code

    def items_of(self, path: str) -> tuple[Item, ...]:
        """The items of a clause, in the order of the file."""
        return tuple(item for item in self.items if item.path == path)

    def clause(self, path: str) -> Clause:
        """The clause at `path`.

        Raises:
            UnknownCode: the programme has no such clause.
        """
        return _get(self._clauses, path, self.code)

    def item(self, code: str) -> Item:
        """The item `code`.

        Raises:
            UnknownCode: the programme has no such item.
        """
        return _get(self._items, code, self.code)

    def indicator(self, code: str) -> Indicator:
        """The indicator `code`.

        Raises:
            UnknownCode: the programme has no such indicator.
        """
        return _get(self._indicators, code, self.code)

    def unit(self, code: str) -> Unit:
        """The unit `code`.

        Raises:
            UnknownCode: the programme has no such unit.
        """
        return _get(self._units, code, self.code)

    def unquoted(self, path: str) -> list[str]:
        """The words of a clause that no item quotes: what the programme asks for and nobody has."""
        clause = self.clause(path)
        free = [True] * len(clause.text)
        for item in self.items_of(path):
            for quote in item.quotes:
                if (start := clause.text.find(quote)) >= 0:
                    free[start : start + len(quote)] = [False] * len(quote)
        marked = "".join(c if f else "\0" for c, f in zip(clause.text, free, strict=True))
        return [part.strip(",。") for part in marked.split("\0") if _WORD.search(part)]

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {clause.path: clause for clause in self.clauses}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @model_validator(mode="after")
    def _check(self) -> Self:
        _once("unit", (unit.code for unit in self.units))
        _once("clause", (clause.path for clause in self.clauses))
        _once("item", (item.code for item in self.items))
        _once("indicator", (indicator.code for indicator in self.indicators))
        for item in self.items:
            self._check_item(item)
        used = {item.indicator for item in self.items}
        if idle := [i.code for i in self.indicators if i.code not in used]:
            raise ValueError(f"indicator {idle[0]} belongs to no item")
        with_items = {item.path for item in self.items}
        if bare := [c.path for c in self.clauses if c.text and c.path not in with_items]:
            raise ValueError(f"clause {bare[0]} has no item")
        return self

    def _check_item(self, item: Item) -> None:
        clause = self._clauses.get(item.path)
        if clause is None:
            raise ValueError(f"item {item.code}: no clause {item.path}")
        for unit in (item.owner, *item.support):
            if unit not in self._units:
                raise ValueError(f"item {item.code}: no unit {unit}")
        if item.indicator is not None and item.indicator not in self._indicators:
            raise ValueError(f"item {item.code}: no indicator {item.indicator}")
        if item.indicator and self._indicators[item.indicator].proposed and not item.note_zh:
            raise ValueError(f"item {item.code}: a proposed target needs a note")
        for quote in item.quotes:
            if quote not in clause.heading and quote not in clause.text:
                raise ValueError(f"item {item.code}: {item.path} does not say {quote}")


def programme(code: str = "quality-city") -> Programme:
    """The programme of this code; a local file replaces the built-in one as a whole.

    Raises:
        UnknownTable: there is no such programme.
        TableInvalid: the file is broken, or does not hold together.
    """
    return _programme(code, local_directory())


def programme_names() -> list[str]:
    """Codes of all programmes, built in and local."""
    return names(FOLDER, local_directory())


@lru_cache(maxsize=8)
def _programme(code: str, directory: str) -> Programme:
    found = documents(f"{FOLDER}/{code}.toml", directory)
    if not found:
        raise UnknownTable(f"no programme {code!r}; known: {', '.join(programme_names())}")
    loaded = [_load(document, code) for document in found]
    return loaded[-1]


def _load(document: Document, code: str) -> Programme:
    if "origin" in document.content:
        raise TableInvalid(f"{document.path.name}: unknown key origin")
    try:
        loaded = Programme.model_validate({**document.content, "origin": document.origin})
    except ValidationError as error:
        raise TableInvalid(f"{document.path.name}: {_place(document, error)}") from error
    if loaded.code != code:
        raise TableInvalid(f"{document.path.name}: code must be {code}; got {loaded.code}")
    return loaded


def _place(document: Document, error: ValidationError) -> str:
    """The first problem, led by the code of the row it is in."""
    where = error.errors(include_url=False, include_input=False)[0]["loc"]
    if len(where) >= 2 and isinstance(where[1], int):
        row = document.content[str(where[0])][where[1]]
        label = row.get("code") or row.get("path") if isinstance(row, dict) else None
        if label:
            return f"{where[0]} {label}: {first_problem(error, within=2)}"
    return first_problem(error)


def _once(what: str, codes: Iterable[str]) -> None:
    for code, count in Counter(codes).items():
        if count > 1:
            raise ValueError(f"{what} {code} stands there {count} times")


def _get(rows: dict[str, R], code: str, programme_code: str) -> R:
    if code not in rows:
        raise UnknownCode(f"{programme_code}: no {code!r}; known: {', '.join(rows)}")
    return rows[code]
