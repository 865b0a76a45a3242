"""The rules of advertising law: word lists, rules, exemptions and product categories as data.

`advertising/words/*.toml` and `advertising/rules/*.toml` may be many files; a local directory adds
files of the same layout, and a rule, list or exemption of a known name there replaces the built-in
one. The engine (`engines.adlaw`) takes the rule set in force on a day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from zhixing.engines.adlaw import ruleset
from zhixing.law.errors import TableInvalid
from zhixing.law.schema import Citation, Confidence, Row
from zhixing.law.sources import Document, documents, first_problem, local_directory, names
from zhixing.law.tables import instruments

FOLDER = "advertising"
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, Field(min_length=1)]
Scope = Literal["excerpt", "full"]
Within = Literal["before", "after", "clause", "sentence", "text", "span"]
_INCLUDE = re.compile(r"^<([a-z0-9-]+)>$")

R = TypeVar("R", bound=Row)


class Words(Row):
    """A word list; a term `<name>` includes another list."""

    name: Name
    title_zh: Text
    title_en: Text
    terms: tuple[Text, ...]
    plain: tuple[Text, ...] = ()
    origin: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not (self.terms or self.plain):
            raise ValueError("a list needs at least one term")
        return self


class Condition(Row):
    """A pattern and where it must stand, or must not, seen from the hit."""

    pattern: Text
    within: Within = "clause"


class Example(Row):
    """A text that the rule raises, or does not raise; executed as a test."""

    text: Text
    category: str = ""
    span: str = ""
    medium: str = "web"
    scope: Scope = "excerpt"


class AdRule(Row):
    """One prohibition, or one statement that must not be missing."""

    id: Name
    family: str = Field(pattern=r"^[A-Z][A-Z_]+$")
    title_zh: Text
    title_en: Text
    articles: tuple[Citation, ...] = Field(min_length=1)
    penalty: tuple[Citation, ...] = ()
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    severity: Literal["ordinary", "serious"] = "ordinary"
    valid_from: date
    valid_to: date | None = None
    confidence: Confidence
    patterns: tuple[Text, ...] = Field(min_length=1)
    unless: tuple[Condition, ...] = ()
    needs: tuple[Condition, ...] = ()
    absent: bool = False
    strength: float = Field(gt=0, le=1)
    reason_zh: Text
    reason_en: Text
    remedy_zh: str = ""
    remedy_en: str = ""
    hits: tuple[Example, ...] = Field(min_length=1)
    lawful: tuple[Example, ...] = Field(min_length=1)
    note: str = ""
    origin: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether the rule speaks about an ad of that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        for example in self.hits:
            if example.span and example.span not in example.text:
                raise ValueError(f"hits: {example.span!r} does not stand in {example.text!r}")
        return self


class Exempt(Row):
    """What makes hits lawful for some families (none named: for all but those excepted)."""

    id: Name
    title_zh: Text
    title_en: Text
    families: tuple[str, ...] = ()
    except_families: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()
    articles: tuple[Citation, ...] = ()
    valid_from: date = date(2015, 9, 1)
    valid_to: date | None = None
    unless: tuple[Condition, ...] = Field(min_length=1)
    lawful: tuple[Example, ...] = ()
    reason_zh: Text
    reason_en: Text
    origin: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether the exemption holds for an ad of that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Category(Row):
    """A product category; `cues` maps a weight to the words that carry it."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    title_zh: Text
    title_en: Text
    prior: float = Field(default=1.0, gt=0)
    cues: Mapping[str, tuple[Text, ...]] = {}
    origin: str = ""


class Cues(Row):
    """More cues of a category, from a file of `categories/`."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    weights: Mapping[str, tuple[Text, ...]]
    origin: str = ""


class Group(Row):
    """Categories that rules name together as `@name`."""

    name: Name
    members: tuple[str, ...] = Field(min_length=1)
    origin: str = ""


def advertising(day: date) -> ruleset.RuleSet:
    """The advertising rules in force on `day`, the day of the ad.

    Raises:
        TableInvalid: a file is broken, or the files do not hold together.
    """
    loaded = _load(local_directory())
    rows = [row for row in loaded.rules if row.is_in_force(day)]
    exempt = [row for row in loaded.exemptions if row.is_in_force(day)]
    digest = hashlib.sha256()
    for row in (*rows, *exempt, *loaded.lists, *loaded.categories, *loaded.cues):
        digest.update(row.model_dump_json().encode())
    return ruleset.RuleSet(
        version=f"{day:%Y%m%d}-{digest.hexdigest()[:12]}",
        words=loaded.words,
        rules=tuple(map(_rule, rows)),
        exemptions=tuple(map(_exemption, exempt)),
        categories=tuple(_category(one, loaded.cues) for one in loaded.categories),
    )


def rules() -> tuple[AdRule, ...]:
    """Every rule of every time, as written.

    Raises:
        TableInvalid: a file is broken, or the files do not hold together.
    """
    return _load(local_directory()).rules


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Everything the files say, in order of names; `words` are the lists with includes resolved."""

    rules: tuple[AdRule, ...]
    exemptions: tuple[Exempt, ...]
    lists: tuple[Words, ...]
    categories: tuple[Category, ...]
    cues: tuple[Cues, ...]
    words: Mapping[str, ruleset.Words]


@lru_cache(maxsize=4)
def _load(directory: str) -> _Loaded:
    lists = _named(_rows(f"{FOLDER}/words", "words", Words, directory), "name")
    found = _named(_rows(f"{FOLDER}/rules", "rule", AdRule, directory), "id")
    exempt = _named(
        [
            *_of_file("exempt", "exempt", Exempt, directory),
            *_rows(f"{FOLDER}/exempt", "exempt", Exempt, directory),
        ],
        "id",
    )
    categories = _named(_of_file("categories", "category", Category, directory, "group"), "code")
    cues = tuple(_rows(f"{FOLDER}/categories", "cues", Cues, directory))
    if unknown_code := [one for one in cues if one.code not in categories]:
        raise TableInvalid(f"{unknown_code[0].origin}: unknown category {unknown_code[0].code!r}")
    groups = _named(_of_file("categories", "group", Group, directory, "category"), "name")
    members = {f"@{name}": group.members for name, group in groups.items()}
    known = instruments()
    cited = [(row.origin, row.id, (*row.articles, *row.penalty)) for row in found.values()]
    cited += [(row.origin, row.id, row.articles) for row in exempt.values()]
    for origin, name, citations in cited:
        if unknown := [one.instrument for one in citations if one.instrument not in known]:
            raise TableInvalid(
                f"{origin}: {name}: unknown instrument {unknown[0]!r}; add it to instruments.toml"
            )
    expanded = [_with_members(rule, members, categories) for rule in found.values()]
    exempted = [_with_members(one, members, categories) for one in exempt.values()]
    return _Loaded(
        rules=tuple(sorted(expanded, key=lambda rule: rule.id)),
        exemptions=tuple(sorted(exempted, key=lambda one: one.id)),
        lists=tuple(lists[name] for name in sorted(lists)),
        categories=tuple(categories.values()),
        cues=cues,
        words={name: _words(name, lists) for name in sorted(lists)},
    )


E2 = TypeVar("E2", AdRule, Exempt)


def _with_members(
    row: E2, members: Mapping[str, tuple[str, ...]], known: Mapping[str, Category]
) -> E2:
    """The row with groups of categories written out."""
    changed = {}
    for field in ("categories", "except_categories"):
        codes: list[str] = []
        for code in getattr(row, field):
            codes += members.get(code, (code,))
        if unknown := [code for code in codes if code not in known]:
            raise TableInvalid(f"{row.origin}: {row.id}: unknown category {unknown[0]!r}")
        changed[field] = tuple(dict.fromkeys(codes))
    return row.model_copy(update=changed)


def _rows(folder: str, section: str, kind: type[R], directory: str) -> Iterable[R]:
    for name in names(folder, directory):
        for document in documents(f"{folder}/{name}.toml", directory):
            (rows,) = document.rows(section)
            yield from _parsed(document, rows, kind)


def _of_file(name: str, section: str, kind: type[R], directory: str, *others: str) -> Iterable[R]:
    for document in documents(f"{FOLDER}/{name}.toml", directory):
        rows, *_ = document.rows(section, *others)
        yield from _parsed(document, rows, kind)


def _parsed(document: Document, rows: Iterable[dict[str, Any]], kind: type[R]) -> Iterable[R]:
    for position, row in enumerate(rows, start=1):
        label = row.get("id") or row.get("name") or row.get("code") or f"row {position}"
        try:
            yield kind.model_validate({**row, "origin": f"{document.origin}:{document.path.name}"})
        except ValidationError as error:
            raise TableInvalid(f"{document.path.name}: {label}: {first_problem(error)}") from error


def _named(rows: Iterable[R], key: str) -> dict[str, R]:
    """Rows by name; a local one replaces a built-in one, else a name stands once."""
    found: dict[str, R] = {}
    for row in rows:
        name = getattr(row, key)
        origin = getattr(row, "origin", "")
        before = getattr(found.get(name), "origin", "")
        if before and before.startswith("built-in") == origin.startswith("built-in"):
            raise TableInvalid(f"{origin}: {name} is named twice (also in {before})")
        found[name] = row
    return found


def _words(name: str, lists: Mapping[str, Words], above: tuple[str, ...] = ()) -> ruleset.Words:
    if name in above:
        raise TableInvalid(f"word list {name} includes itself through {' > '.join(above)}")
    written = lists[name]
    terms: dict[str, None] = {}
    plain: set[str] = set(written.plain)
    for term in (*written.terms, *written.plain):
        included = _INCLUDE.match(term)
        if included is None:
            terms[term] = None
            continue
        if included[1] not in lists:
            raise TableInvalid(f"{written.origin}: {name}: no word list {term}")
        inner = _words(included[1], lists, (*above, name))
        terms |= dict.fromkeys(inner.terms)
        plain |= inner.plain
    return ruleset.Words(name, tuple(terms), frozenset(plain))


def _conditions(rows: Iterable[Condition]) -> tuple[ruleset.Condition, ...]:
    return tuple(ruleset.Condition(row.pattern, row.within) for row in rows)


def _examples(rows: Iterable[Example]) -> tuple[ruleset.Example, ...]:
    return tuple(ruleset.Example(**row.model_dump()) for row in rows)


def _rule(row: AdRule) -> ruleset.Rule:
    return ruleset.Rule(
        id=row.id,
        family=row.family,
        patterns=row.patterns,
        articles=tuple(map(str, row.articles)),
        penalty=tuple(map(str, row.penalty)),
        categories=frozenset(row.categories),
        except_categories=frozenset(row.except_categories),
        media=frozenset(row.media),
        severity=row.severity,
        unless=_conditions(row.unless),
        needs=_conditions(row.needs),
        absent=row.absent,
        strength=row.strength,
        reason_zh=row.reason_zh,
        reason_en=row.reason_en,
        remedy_zh=row.remedy_zh,
        remedy_en=row.remedy_en,
        title_zh=row.title_zh,
        title_en=row.title_en,
        hits=_examples(row.hits),
        lawful=_examples(row.lawful),
    )


def _exemption(row: Exempt) -> ruleset.Exemption:
    return ruleset.Exemption(
        id=row.id,
        families=frozenset(row.families),
        unless=_conditions(row.unless),
        except_families=frozenset(row.except_families),
        categories=frozenset(row.categories),
        except_categories=frozenset(row.except_categories),
        lawful=_examples(row.lawful),
        reason_zh=row.reason_zh,
        reason_en=row.reason_en,
    )


def _category(row: Category, more: Iterable[Cues]) -> ruleset.Category:
    """The category with all its cues; a word named twice keeps its greater weight."""
    cues: dict[str, float] = {}
    for weights in (row.cues, *(one.weights for one in more if one.code == row.code)):
        for weight, words in weights.items():
            for word in words:
                cues[word] = max(float(weight), cues.get(word, 0.0))
    return ruleset.Category(row.code, cues, row.prior, row.title_zh, row.title_en)
