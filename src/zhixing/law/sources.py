"""Where the tables lie: inside the package, and in the directory of local figures.

`ZHIXING_LAW_DIR` names a directory with the same layout as this package (`clocks.toml`,
`calendar/state_council.toml`, `programmes/….toml`); what it holds adds to the built-in tables or
overrides them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zhixing.law.errors import TableInvalid

BUILT_IN = "built-in"
PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Document:
    """One TOML file as read; `origin` is "built-in" or "local:" and the file's name."""

    origin: str
    path: Path
    content: Mapping[str, Any]

    def rows(self, *sections: str) -> list[list[dict[str, Any]]]:
        """The rows of each named `[[section]]`.

        Raises:
            TableInvalid: the file holds anything besides these sections, or not as lists of rows.
        """
        unknown = sorted(set(self.content) - set(sections))
        if unknown:
            raise TableInvalid(
                f"{self.path.name}: unknown key {', '.join(unknown)};"
                f" expected {' and '.join(f'[[{name}]]' for name in sections)}"
            )
        found = [self.content.get(name, []) for name in sections]
        for name, rows in zip(sections, found, strict=True):
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise TableInvalid(f"{self.path.name}: {name} must be written as [[{name}]] rows")
        return found


def local_directory() -> str:
    """The directory that `ZHIXING_LAW_DIR` names; empty when there is none.

    It is the key of every cache of loaded tables, so that a changed setting is seen at once.
    """
    return os.environ.get("ZHIXING_LAW_DIR", "").strip()


def documents(name: str, directory: str) -> list[Document]:
    """The built-in file `name` (such as `clocks.toml`) and then its local counterpart.

    Raises:
        TableInvalid: the directory does not exist, or a file is not UTF-8 TOML.
    """
    found = []
    if (built_in := PACKAGE / name).is_file():
        found.append(Document(BUILT_IN, built_in, _read(built_in)))
    if directory:
        if not Path(directory).is_dir():
            raise TableInvalid(f"ZHIXING_LAW_DIR: {directory} is not a directory")
        if (local := Path(directory) / name).is_file():
            found.append(Document(f"local:{name}", local, _read(local)))
    return found


def names(folder: str, directory: str) -> list[str]:
    """Names, without ending, of all TOML files in a folder of the package and its counterpart."""
    places = [PACKAGE / folder] + ([Path(directory) / folder] if directory else [])
    return sorted({file.stem for place in places for file in place.glob("*.toml")})


def first_problem(error: ValidationError, *, within: int = 0) -> str:
    """The first fault pydantic found, as `field: what is wrong (found …)`.

    Args:
        error: what pydantic raised.
        within: how many leading parts of the field's place the caller names itself.
    """
    fault = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in fault["loc"][within:])
    if fault["type"] == "extra_forbidden":
        return f"unknown key {where}"
    if fault["type"] == "missing":
        return f"{where} is missing"
    found = "" if isinstance(fault["input"], dict) else f" (found {fault['input']!r})"
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return f"{where + ': ' if where else ''}{fault['msg']}{found}"


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode(), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise TableInvalid(f"{path.name}: not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise TableInvalid(f"{path.name}: not valid TOML ({error})") from error
