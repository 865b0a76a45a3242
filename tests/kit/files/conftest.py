"""Small true files of each kind, and an object to attach them to."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.apps.people import Offices, make_offices
from zhixing.apps.accounts.models import OrgUnit
from zhixing.kit.files import access
from zhixing.kit.scope import is_within


def archive(*names: str) -> bytes:
    """A zip with empty members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name in names:
            opened.writestr(name, "")
    return held.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PAGE = "<!DOCTYPE html><title>广告</title><script>alert(1)</script>".encode()
DOCX = archive("[Content_Types].xml", "word/document.xml")
SAMPLES: dict[str, tuple[bytes, str]] = {
    "a.jpg": (JPEG, "image/jpeg"),
    "a.jpeg": (JPEG, "image/jpeg"),
    "A.JPG": (JPEG, "image/jpeg"),
    "a.png": (PNG, "image/png"),
    "a.gif": (b"GIF89a" + bytes(10), "image/gif"),
    "a.webp": (b"RIFF" + struct.pack("<I", 20) + b"WEBPVP8 " + bytes(8), "image/webp"),
    "a.pdf": (PDF, "application/pdf"),
    "a.wav": (b"RIFF" + struct.pack("<I", 20) + b"WAVEfmt " + bytes(8), "audio/wav"),
    "a.mp3": (b"ID3\x04" + bytes(20), "audio/mpeg"),
    "b.mp3": (b"\xff\xf3\x48\xc4" + bytes(20), "audio/mpeg"),
    "a.mp4": (b"\x00\x00\x00\x20ftypisom" + bytes(20), "video/mp4"),
    "a.mov": (b"\x00\x00\x00\x14ftypqt  " + bytes(20), "video/quicktime"),
    "a.docx": (
        DOCX,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a.xlsx": (
        archive("[Content_Types].xml", "xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "a.txt": ("现场笔录\r\n\t第一页\n".encode(), "text/plain"),
    "gb.txt": ("现场笔录".encode("gb18030"), "text/plain"),
    "a.csv": ("name,amount\n康师傅,3\n".encode(), "text/csv"),
    "a.html": (PAGE, "text/html"),
    "b.htm": (b"<!-- saved from url -->\n<html><body>x</body></html>", "text/html"),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are asserted in their English form."""
    with translation.override("en"):
        yield


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    """A store of the test's own."""
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    assert Path(default_storage.path("")).resolve() == (tmp_path / "files").resolve()
    return tmp_path / "files"


@pytest.fixture
def offices(db: None) -> Offices:
    return make_offices()


@pytest.fixture
def watched(offices: Offices, root: Path, monkeypatch: pytest.MonkeyPatch) -> Offices:
    """Evidence about offices: seen by whoever has the office below them, added by heads."""

    def may_view(actor: Any, unit: Any) -> bool:
        return is_within(unit.path, actor.scope_paths)

    def may_attach(actor: Any, unit: Any) -> bool:
        return not hasattr(actor, "has_role") or actor.has_role("head")

    monkeypatch.setattr(access, "_viewers", {OrgUnit: (may_view, may_attach)})
    return offices


Stored = Callable[[], list[Path]]


@pytest.fixture
def stored(root: Path) -> Stored:
    """Every file that lies in the store, uploads under way included."""
    return lambda: sorted(path for path in root.rglob("*") if path.is_file())
