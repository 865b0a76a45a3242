"""The form of a paper, as data: what it asks for, and what stands on it.

A form is a TOML file of the app it belongs to. Its texts are Jinja templates over the facts; they
run in a sandbox, and a fact that is missing is an error, never a blank on an official paper.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from zhixing.kit.errors import ProductError


class FormInvalid(ProductError):
    """A form file cannot be used."""

    code = "papers.form_invalid"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(_Strict):
    """A fact the form needs."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label_zh: str = Field(min_length=1)
    required: bool = True


class Column(_Strict):
    """A column of a table: heading, what stands in the cells, share of the width."""

    label: str
    text: str
    width: float = Field(default=1.0, gt=0)
    align: Literal["left", "right", "center"] = "left"


class Line(_Strict):
    """A label with its value, or a box with its label."""

    label: str
    text: str = ""
    when: str = ""


class Block(_Strict):
    """A part of the paper.

    Attributes:
        kind: `heading`; `text` (paragraphs, one a line); `list` (one paragraph for each row);
            `facts` (labels with values); `table`; `boxes` (a ticked box where `when` holds);
            `sign` (lines to be signed by hand).
        rows: for `list` and `table`: the fact that holds the rows; each is `row` in the templates.
        when: an expression; the block is left out where it does not hold.
        empty: what stands there when there are no rows.
    """

    kind: Literal["heading", "text", "list", "facts", "table", "boxes", "sign"]
    text: str = ""
    rows: str = ""
    when: str = ""
    empty: str = ""
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        needs: dict[str, tuple[str, ...]] = {
            "heading": ("text",), "text": ("text",), "list": ("rows", "text"), "facts": ("lines",),
            "table": ("rows", "columns"), "boxes": ("lines",), "sign": ("lines",),
        }  # fmt: skip
        if missing := [name for name in needs[self.kind] if not getattr(self, name)]:
            raise ValueError(f"a {self.kind} block needs {' and '.join(missing)}")
        return self


class PaperForm(_Strict):
    """A form.

    Attributes:
        code: stable name, `<app>.<form>`.
        version: counted up when the text changes; it stands with every paper made.
        word: the word of the number, e.g. 广监 in `示市监广监〔2026〕12号`; empty: papers of the
            form bear no number.
        addressee: whom it is sent to, above the text; empty: nobody.
        signed: whether the office and the day stand below the text, where the seal goes.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=60)
    version: int = Field(ge=1)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    heading: str = Field(min_length=1)
    word: str = ""
    addressee: str = ""
    signed: bool = True
    source: str = ""
    asked: tuple[Asked, ...] = ()
    blocks: tuple[Block, ...] = Field(alias="block", min_length=1)


_forms: dict[str, PaperForm] = {}


def read_form(path: Path) -> PaperForm:
    """The form of a file.

    Raises:
        FormInvalid: the file does not hold a form; the sentence names file and fault.
    """
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return PaperForm.model_validate(content)
    except tomllib.TOMLDecodeError as error:
        raise FormInvalid(f"{path.name}: {error}") from error
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise FormInvalid(f"{path.name}: {place}: {fault['msg']}") from error


def register_forms(folder: Path) -> None:
    """Make the forms of a folder known (called once, by the app they belong to)."""
    for path in sorted(folder.glob("*.toml")):
        form = read_form(path)
        _forms[form.code] = form


def form(code: str) -> PaperForm:
    """The form by its code.

    Raises:
        FormInvalid: nobody registered it.
    """
    if code not in _forms:
        raise FormInvalid(f"no form {code!r}; known: {', '.join(sorted(_forms))}")
    return _forms[code]


def forms() -> list[PaperForm]:
    """Every form known, by code."""
    return [_forms[code] for code in sorted(_forms)]
