"""The penalty procedure as a graph, and the official forms: loaded and held together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from zhixing.law.errors import TableInvalid, UnknownCode
from zhixing.law.schema import Citation, Row
from zhixing.law.sources import Document, documents, first_problem, local_directory
from zhixing.law.tables import cite, instruments, table

FILE, FORMS = "procedure", "forms"
CODE = r"^[a-z][a-z0-9_]*$"
# A step that leads back to where the case was before.
BACK = "*"

By = Literal["handler", "head", "reviewer", "leader"]


class State(Row):
    """Where a case stands; nothing leads on from a final one."""

    code: str = Field(pattern=CODE, max_length=20)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    final: bool = False


class Guard(Row):
    """What must be there before a step, and where the law says so."""

    code: str = Field(pattern=CODE)
    text_zh: str = Field(min_length=1)
    text_en: str = Field(min_length=1)
    articles: tuple[Citation, ...] = Field(min_length=1)


class ProcedureStep(Row):
    """One step from states to a state."""

    code: str = Field(pattern=CODE, max_length=30)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    sources: tuple[str, ...] = Field(alias="from", min_length=1)
    target: str = Field(alias="to")
    by: By
    guards: tuple[str, ...]
    starts: tuple[str, ...] = ()
    """Clocks of `clocks.toml` that begin on the day of the step."""
    ends: tuple[str, ...] = ()
    """Clocks that are met by the step, if they run."""
    stops: str = ""
    """Kind of time, as clocks exclude it, that begins with the step."""
    resumes: str = ""
    """Kind of time that ends with the step."""
    forms: tuple[int, ...] = ()
    articles: tuple[Citation, ...] = Field(min_length=1)

    @property
    def cited(self) -> str:
        """The articles as Chinese files write them."""
        return "、".join(cite(article) for article in self.articles)


class OfficialForm(Row):
    """One of the official documents; `word` stands in its number, none for records and tables."""

    no: int = Field(ge=1)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    word: str = ""
    stage: str = Field(pattern=CODE)
    volume: Literal["main", "deputy", "cover"]

    @property
    def is_numbered(self) -> bool:
        """Whether it bears a number such as `X市监处罚〔2026〕1号`."""
        return bool(self.word)


@dataclass(frozen=True, slots=True)
class Procedure:
    """States, guards and steps by code, in the order of the file."""

    states: Mapping[str, State]
    guards: Mapping[str, Guard]
    steps: Mapping[str, ProcedureStep]

    def step(self, code: str) -> ProcedureStep:
        """The step `code`.

        Raises:
            UnknownCode: there is no such step.
        """
        if code not in self.steps:
            raise UnknownCode(f"{FILE}: no step {code!r}; known: {', '.join(self.steps)}")
        return self.steps[code]

    def steps_from(self, state: str) -> list[ProcedureStep]:
        """The steps that lead on from a state."""
        return [step for step in self.steps.values() if state in step.sources]


def procedure() -> Procedure:
    """The ordinary procedure, built in or local, loaded and checked once per local directory.

    Raises:
        TableInvalid: a file is broken, or names states, guards, clocks or forms that are not there.
    """
    return _procedure(local_directory())


def official_forms() -> Mapping[int, OfficialForm]:
    """The official forms by number; a local file replaces forms of the same number.

    Raises:
        TableInvalid: a file is broken.
    """
    return _forms(local_directory())


R = TypeVar("R", State, Guard, ProcedureStep, OfficialForm)


@lru_cache(maxsize=8)
def _forms(directory: str) -> Mapping[int, OfficialForm]:
    forms: dict[int, OfficialForm] = {}
    for document in documents(f"{FORMS}.toml", directory):
        (rows,) = document.rows("form")
        forms.update({form.no: form for form in _parsed(document, rows, OfficialForm)})
    return MappingProxyType(dict(sorted(forms.items())))


@lru_cache(maxsize=8)
def _procedure(directory: str) -> Procedure:
    # A local file replaces the procedure as a whole: half of one graph in another has no meaning.
    document = documents(f"{FILE}.toml", directory)[-1]
    state_rows, guard_rows, step_rows = document.rows("state", "guard", "step")
    found = Procedure(
        MappingProxyType({row.code: row for row in _parsed(document, state_rows, State)}),
        MappingProxyType({row.code: row for row in _parsed(document, guard_rows, Guard)}),
        MappingProxyType({row.code: row for row in _parsed(document, step_rows, ProcedureStep)}),
    )
    clocks, forms, known = table("clocks").rows, _forms(directory), instruments()
    for step in found.steps.values():
        _all(document, step.code, "state", {*step.sources, step.target} - {BACK}, found.states)
        _all(document, step.code, "guard", step.guards, found.guards)
        _all(document, step.code, "clock", (*step.starts, *step.ends), clocks)
        _all(document, step.code, "form", step.forms, forms)
        _all(document, step.code, "instrument", (a.instrument for a in step.articles), known)
        if final := [code for code in step.sources if found.states[code].final]:
            raise _invalid(document, step.code, f"{final[0]} is final, nothing leads on from it")
    for guard in found.guards.values():
        _all(document, guard.code, "instrument", (a.instrument for a in guard.articles), known)
    return found


def _parsed(document: Document, rows: Iterable[dict[str, Any]], row_type: type[R]) -> list[R]:
    parsed, seen = [], set()
    for position, row in enumerate(rows, start=1):
        label = str(row.get("code", row.get("no", f"row {position}")))
        try:
            parsed.append(row_type.model_validate(row))
        except ValidationError as error:
            raise _invalid(document, label, first_problem(error)) from error
        if label in seen:
            raise _invalid(document, label, "stands there twice")
        seen.add(label)
    return parsed


def _all(
    document: Document, label: str, noun: str, wanted: Iterable[Any], known: Mapping[Any, object]
) -> None:
    for code in wanted:
        if code not in known:
            raise _invalid(document, label, f"unknown {noun} {code!r}")


def _invalid(document: Document, label: str, what: str) -> TableInvalid:
    return TableInvalid(f"{document.path.name}: {label}: {what}")
