"""What leaves the house: bounded, masked, harmless to spreadsheet programs, and in the book."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine

from tests.kit.exchange.conftest import uscc
from zhixing.apps.registry.models import Subject
from zhixing.kit import deeds
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.exporting import export_response
from zhixing.kit.exchange.fields import ImportField, parse_column
from zhixing.kit.exchange.reading import open_source
from zhixing.kit.masking import mask

FORMULAS = ["=1+1", "+86 531", "-2", "@x", "\t=1", "plain"]


@dataclass(frozen=True)
class Shown:
    """The least a column of a register needs for exports."""

    name: str
    label: str
    of: Callable[[Any], Any]

    def values(self, rows: Sequence[Any]) -> list[Any]:
        return [self.of(row) for row in rows]


COLUMNS = [
    Shown("name", "名称", lambda row: row.name),
    Shown("phone", "电话", lambda row: mask("phone", row.phone)),
    Shown("registered_on", "成立日期", lambda row: row.registered_on),
    Shown("latitude", "纬度", lambda row: row.latitude),
    Shown("created", "登记时间", lambda row: row.created),
]


@pytest.fixture
def subjects(bureau: SimpleNamespace) -> Any:
    """Names that a spreadsheet program would take for formulas."""
    for number, name in enumerate(FORMULAS):
        Subject.objects.create(
            uscc=uscc(number),
            name=name,
            phone="13812341234",
            registered_on=date(2001, 2, 3),
            latitude=36.65 if number else None,
            unit_path=bureau.east.path,
        )
    Subject.objects.update(created=datetime(2026, 11, 24, 0, 30, tzinfo=UTC))
    return Subject.objects.order_by("pk")


def content(actor: Any, subjects: Any, fmt: str) -> bytes:
    response = export_response(actor, "主体", COLUMNS, subjects, fmt, {"status": "active"})
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def test_csv_holds_no_formula_and_opens_in_chinese(subjects: Any, bureau: SimpleNamespace) -> None:
    """Dangerous cells become text, numbers stay, the BOM tells the encoding."""
    data = content(bureau.reporter, subjects, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["名称", "电话", "成立日期", "纬度", "登记时间"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+86 531", "'-2", "'@x", "'\t=1", "plain"]
    assert rows[2][1:] == ["138****1234", "2001-02-03", "36.65", "2026-11-24 08:30:00"]


def test_xlsx_holds_texts_as_texts(subjects: Any, bureau: SimpleNamespace) -> None:
    """A name that looks like a formula is a text cell; dates are dates."""
    data = content(bureau.reporter, subjects, "xlsx")
    table = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in table[1:]] == FORMULAS
    assert table[2][2] == date(2001, 2, 3)
    assert table[2][4] == datetime(2026, 11, 24, 8, 30)  # noqa: DTZ001
    assert b"<f>" not in data


def test_parquet_keeps_types(subjects: Any, bureau: SimpleNamespace) -> None:
    """Dates, numbers and instants come as such."""
    table = pq.read_table(io.BytesIO(content(bureau.reporter, subjects, "parquet")))
    assert table.column("name").to_pylist() == FORMULAS
    assert table.schema.field("registered_on").type == pa.date32()
    assert table.column("latitude").to_pylist()[:2] == [None, 36.65]
    assert table.column("created")[0].as_py() == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


def test_an_export_is_a_deed(
    subjects: Any, bureau: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book says who exported what, filtered how, and how many rows."""
    kept: list[deeds.Deed] = []
    monkeypatch.setattr(deeds, "_recorders", [kept.append])
    content(bureau.reporter, subjects[:4], "csv")
    (deed,) = kept
    assert (deed.code, deed.actor) == ("register.export", bureau.reporter)
    assert deed.detail["rows"] == 4
    assert deed.detail["filters"] == {"status": "active"}
    assert deed.detail["columns"] == [column.name for column in COLUMNS]


def test_an_unknown_format_is_refused(subjects: Any, bureau: SimpleNamespace) -> None:
    """The sentence lists the formats there are."""
    with pytest.raises(Invalid, match="csv, xlsx, parquet"):
        content(bureau.reporter, subjects, "pdf")


def test_an_empty_list_is_a_file_with_headings(bureau: SimpleNamespace) -> None:
    """Nothing found is still a file that opens."""
    for fmt in ("csv", "xlsx", "parquet"):
        assert content(bureau.reporter, Subject.objects.none(), fmt)


def test_what_was_exported_can_be_imported_again(
    subjects: Any, bureau: SimpleNamespace, tmp_path: Any
) -> None:
    """The mark that guards a CSV cell is taken off on the way in."""
    path = tmp_path / "a.csv"
    path.write_bytes(content(bureau.reporter, subjects, "csv"))
    batch = next(iter(open_source(path, "a.csv").batches))
    names, defects = parse_column(ImportField("name", "名称"), batch.columns["名称"])
    assert (names.to_pylist(), defects) == (FORMULAS, [])
