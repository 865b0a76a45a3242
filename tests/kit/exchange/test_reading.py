"""What readers make of good and of bad text files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.kit.exchange.conftest import Files, csv_bytes
from zhixing.kit.exchange.reading import UnreadableFile, open_source

ROWS = [["企业名称", "年份"], ["济南鑫源商贸有限公司", "1998"], ["泉城“超市”,一店", "2001"]]


def read(path: Path, **options: int) -> tuple[list[str], list[tuple[int, list[str]]], list[str]]:
    source = open_source(path, path.name, **options)
    rows = []
    for batch in source.batches:
        columns = [batch.columns[name].to_pylist() for name in source.header]
        rows += list(zip(batch.rows.tolist(), map(list, zip(*columns, strict=True)), strict=True))
    return source.header, rows, source.notes


def refusal(path: Path, **options: int) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(path, **options)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_usual_encoding_is_found(files: Files, encoding: str) -> None:
    """UTF-8 with and without BOM, GB18030 and UTF-16 give the same rows."""
    header, rows, _notes = read(files("a.csv", csv_bytes(ROWS, encoding)))
    assert header == ROWS[0]
    assert rows == [(2, ROWS[1]), (3, ROWS[2])]


def test_a_converted_encoding_is_said(files: Files) -> None:
    """The officer is told that the text was GB18030."""
    assert "GB18030" in read(files("a.csv", csv_bytes(ROWS, "gb18030")))[2][0]


@pytest.mark.parametrize(("name", "separator"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.txt", "\t")])
def test_the_separator_is_found(files: Files, name: str, separator: str) -> None:
    """Tabs and semicolons separate where the header has them."""
    assert read(files(name, csv_bytes(ROWS, separator=separator)))[1][0] == (2, ROWS[1])


def test_packed_files_are_unpacked(files: Files) -> None:
    """A .gz is read like the file in it."""
    assert len(read(files("a.csv.gz", gzip.compress(csv_bytes(ROWS))))[1]) == 2


def test_a_cell_keeps_its_line_breaks_and_later_rows_their_line(files: Files) -> None:
    """A quoted line break, even U+2028, does not shift the line numbers that errors name."""
    rows = [["a", "b"], ["one\ntwo", "x\u2028y"], ["3", "4"]]
    assert read(files("a.csv", csv_bytes(rows)))[1] == [(2, rows[1]), (4, rows[2])]


def test_blank_rows_are_left_out_and_counted(files: Files) -> None:
    """Rows without any value are no rows, and the officer is told."""
    _header, rows, notes = read(files("a.csv", b"a,b\n1,2\n\n,\n3,4\n"))
    assert [number for number, _cells in rows] == [2, 5]
    assert "2" in notes[0]


def test_a_ragged_row_is_kept_and_marked(files: Files) -> None:
    """A row of another width is an error of that row, with its surplus cells named."""
    path = files("a.csv", b"a,b\n1,2\n1,2,3\n1\n")
    batch = next(iter(open_source(path, "a.csv").batches))
    assert batch.rows.tolist() == [2, 3, 4]
    assert [(fault.row, fault.value) for fault in batch.faults] == [(3, "3"), (4, "")]


def test_damaged_utf8_names_the_line(files: Files) -> None:
    """One bad byte in UTF-8 text is not taken for GB18030; the sentence names its line."""
    content = csv_bytes([["名称"], *[["济南鑫源商贸"]] * 50]).splitlines(keepends=True)
    content[6] = content[6][:4] + b"\xff" + content[6][4:]
    assert "line 7" in refusal(files("a.csv", b"".join(content)))


def test_bytes_of_no_encoding_name_the_line(files: Files) -> None:
    """A GB18030 file with a byte that cannot be is refused with the line."""
    content = csv_bytes(ROWS, "gb18030").splitlines(keepends=True)
    content[2] = b"\xb5\xff\xff" + content[2]
    assert "line 3" in refusal(files("a.csv", b"".join(content)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty file"),
        (b"  \n\n", "empty file"),
        (b"\n1,2\n", "headings"),
        (b"a,,c\n1,2,3\n", "column 2"),
        (b"a,b,a\n1,2,3\n", "columns 1 and 3"),
        (b"%PDF-1.7\n1 0 obj", "another kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "another kind"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "web page"),
        (b"\x1f\x8b\x08\x00broken", "broken"),
    ],
)
def test_a_file_without_a_usable_table_says_why(files: Files, content: bytes, said: str) -> None:
    """Empty files, other kinds, and missing, empty or double headings are refused in words."""
    assert said in refusal(files("a.csv", content))


def test_an_open_quotation_mark_names_its_line(files: Files) -> None:
    """A quotation mark that swallows the rest of the file is refused where it opens."""
    content = b'a,b\n1,2\n"3,4\n' + b"5,6\n" * 60_000
    assert "line 3" in refusal(files("a.csv", content))


def test_a_packed_bomb_is_refused(files: Files) -> None:
    """A .gz that grows past the limit is refused while it is unpacked."""
    bomb = gzip.compress(b"a,b\n" + b"1,2\n" * 500_000)
    assert "unpacks" in refusal(files("a.csv.gz", bomb), max_bytes=1_000_000)
