"""A small bureau, its officers, and files of rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from zhixing.engines.identifiers import mod11_10_check_digit, uscc_check_character

Files = Callable[..., Path]


def uscc(number: int) -> str:
    """A valid credit code."""
    first = f"91370100MA3{number:06d}"
    return first + uscc_check_character(first)


def licence_number(number: int) -> str:
    """A valid JY number."""
    digits = f"1370100{number:06d}"
    return f"JY{digits}{mod11_10_check_digit(digits)}"


def csv_bytes(
    rows: Sequence[Sequence[str]], encoding: str = "utf-8", separator: str = ","
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(encoding)


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], **options: Any) -> Path:
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "yyyy/m/d"})
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, dates)
                elif value is not None:
                    sheet.write(line, column, value)
    return path


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are asserted in their English form."""
    with translation.override("en"):
        yield


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Writes a file of rows: `files("a.csv", rows)`, or bytes as they are."""

    def write(name: str, content: bytes | Sequence[Sequence[Any]]) -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif name.endswith(".xlsx"):
            write_xlsx(path, content)
        else:
            path.write_bytes(csv_bytes(content))
        return path

    return write


@pytest.fixture
def bureau(db: None) -> SimpleNamespace:
    """A city with two districts; a reporter in each and one without a role."""
    from zhixing.apps.accounts.models import Officer, OrgUnit, Role, RoleAssignment

    def unit(code: str, parent: Any = None) -> Any:
        return OrgUnit.objects.create(
            code=code,
            name=f"office {code}",
            kind="city" if parent is None else "district",
            parent=parent,
            path=f"{parent.path if parent else ''}{code}/",
            opened_on=date(2020, 1, 1),
        )

    city = unit("3701")
    east, west = unit("370102", city), unit("370103", city)

    def officer(name: str, where: Any, *roles: str) -> Any:
        found = Officer.objects.create_user(username=name, password="x-very-long-1", unit=where)
        for role in roles:
            RoleAssignment.objects.create(
                officer=found, role=role, unit=where, since=date(2020, 1, 1)
            )
        return found

    return SimpleNamespace(
        city=city,
        east=east,
        west=west,
        chief=officer("chief", city, Role.REPORTER, Role.OFFICER),
        reporter=officer("reporter", east, Role.REPORTER),
        neighbour=officer("neighbour", west, Role.REPORTER),
        outsider=officer("outsider", east, Role.SAMPLER),
    )


def quiet(_done: int, _total: int, _what: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def imported(bureau: SimpleNamespace) -> Callable[..., Any]:
    """Takes a file through upload, columns and check; the run, not written yet."""
    from zhixing.kit.exchange.actions import map_columns, start_import
    from zhixing.kit.exchange.checking import check_run

    def take(
        path: Path,
        *,
        slug: str = "subjects",
        actor: Any = None,
        mapping: dict[str, str] | None = None,
        constants: dict[str, str] | None = None,
    ) -> Any:
        officer = actor or bureau.reporter
        run = start_import(
            officer,
            slug,
            file_name=path.name,
            chunks=[path.read_bytes()],
            unit_path=officer.unit.path,
        )
        run = map_columns(
            officer, run, mapping={**run.mapping, **(mapping or {})}, constants=constants or {}
        )
        return check_run(run, officer, quiet)

    return take
