"""What a file is, is told by its content; a name cannot make it something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit.files.conftest import JPEG, PAGE, PDF, PNG, SAMPLES, archive
from zhixing.kit.files import kinds
from zhixing.kit.files.actions import clean_name


def told(path: Path, name: str, content: bytes) -> str | None:
    path.write_bytes(content)
    return kinds.media_type_of(kinds.kind_of(path), name)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_allowed_kind_is_recognised(tmp_path: Path, name: str) -> None:
    content, media_type = SAMPLES[name]
    assert told(tmp_path / "x", name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", PNG),
        ("photo.png", PAGE),
        ("scan.pdf", b"MZ\x90\x00" + bytes(60)),
        ("scan.pdf", b"\n" + PDF),
        ("notes.txt", PAGE),
        ("notes.txt", b"GIF89a;alert(1)"),
        ("notes.csv", b"%PDF-1.7 but text"),
        ("notes.txt", b"a\x00b"),
        ("notes.txt", b"\x1b[2Jcleared"),
        ("notes.txt", b"\xff\xfe\xff"),
        ("page.html", "只是文字".encode()),
        ("letter.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("letter.docx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("letter.docx", archive("word/document.xml")),
        ("letter.docx", b"PK\x03\x04 broken"),
        ("picture.mp4", b"\x00\x00\x00\x20ftypheic" + bytes(20)),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("run.exe", b"MZ\x90\x00" + bytes(60)),
        ("photo.jpg.exe", JPEG),
        ("photo", JPEG),
        (".jpg", JPEG),
        ("empty.txt", b""),
    ],
)  # fmt: skip
def test_content_and_ending_that_disagree_are_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    assert told(tmp_path / "x", name, content) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.binary(max_size=300), st.sampled_from(kinds.ALLOWED))
def test_no_content_is_served_as_another_kind_than_its_own(
    tmp_path: Path, content: bytes, ending: str
) -> None:
    """Whatever the bytes: a picture is served only if it starts as one, a page only as a page."""
    media_type = told(tmp_path / "x", f"a.{ending}", content)
    if media_type in {"text/plain", "text/csv", "text/tab-separated-values"}:
        assert b"\x00" not in content
        assert not content.lstrip().lower().startswith((b"<html", b"<!doctype html"))
    elif media_type is not None and media_type != "text/html":
        assert content[:12].startswith(
            (b"\xff", b"\x89PNG", b"GIF8", b"RIFF", b"%PDF-", b"ID3")
        ) or (content[4:8] == b"ftyp")


def test_text_is_judged_to_its_end(tmp_path: Path) -> None:
    """A character cut by the reading buffer is whole; a control character after it is found."""
    long = "字" * kinds.CHUNK
    assert told(tmp_path / "x", "a.txt", b"a" + long.encode()) == "text/plain"
    assert told(tmp_path / "x", "a.txt", b"a" + long.encode() + b"\x07") is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\李\\照片.jpg", "照片.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie: x.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        (" .hidden.jpg. ", "hidden.jpg"),
        ("..", "file"),
        ("", "file"),
        ("字" * 300 + ".png", "字" * 196 + ".png"),
    ],
)
def test_of_a_name_only_its_visible_last_part_is_kept(given: str, kept: str) -> None:
    assert clean_name(given) == kept
