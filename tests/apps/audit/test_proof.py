"""The proof bundle: checked by its own script, away from the platform."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.audit.book import SYSTEM, write_entries
from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.models import Role
from zhixing.apps.audit import verify_proof
from zhixing.apps.audit.api import export_proof, verify
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid, Refused

in_database = pytest.mark.django_db


def check(bundle: bytes, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Unpack the script of the bundle and run it in an empty folder, as an outsider would."""
    path = folder / "proof.zip"
    path.write_bytes(bundle)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        (folder / "verify_proof.py").write_bytes(archive.read("verify_proof.py"))
    return subprocess.run(
        [sys.executable, "-I", "verify_proof.py", "proof.zip", *arguments],
        cwd=folder, env={}, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


def repacked(bundle: bytes, name: str, content: bytes) -> bytes:
    """The bundle with one of its files replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bundle)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return buffer.getvalue()


def lines_of(bundle: bytes) -> bytes:
    """The entries in the bundle."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return archive.read("entries.jsonl")


@in_database
def test_a_bundle_verifies_offline(tmp_path: Path) -> None:
    """A plain Python finds every seal right and names the last one, which may be on paper."""
    head = write_entries(4)[-1].seal
    bundle = export_proof(SYSTEM, reason="asked by the court")
    result = check(bundle, tmp_path, "--head", head)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "4 entries from 1, unbroken" in result.stdout
    assert head in result.stdout
    assert check(bundle, tmp_path, "--head", "0" * 64).returncode == 1


@in_database
def test_one_flipped_bit_is_found(tmp_path: Path) -> None:
    """Wherever in the entries one byte is changed, the check fails."""
    write_entries(3)
    bundle = export_proof(SYSTEM, reason="asked by the court")
    lines = lines_of(bundle)
    positions = [lines.index(part) for part in (b"test.deed", b"system: test", "理由 1".encode())]
    for position in [*positions, len(lines) - 5]:
        flipped = bytearray(lines)
        flipped[position] ^= 1
        result = check(repacked(bundle, "entries.jsonl", bytes(flipped)), tmp_path)
        assert (result.returncode, "entry" in result.stdout) == (1, True), position


@in_database
def test_a_bundle_without_an_entry_is_found(tmp_path: Path) -> None:
    """Entries taken out of the middle or off the end are missed."""
    write_entries(4)
    bundle = export_proof(SYSTEM, reason="asked by the court")
    lines = lines_of(bundle).splitlines(keepends=True)
    for kept, words in (
        (lines[:1] + lines[2:], "entry 2: expected this number, found 3"),
        (lines[:-1], "the bundle says 4 entries, 3 are there"),
    ):
        result = check(repacked(bundle, "entries.jsonl", b"".join(kept)), tmp_path)
        assert (result.returncode, words in result.stdout) == (1, True), result.stdout


@in_database
def test_a_part_of_the_chain_verifies_from_its_anchor(tmp_path: Path) -> None:
    """A range carries the seal before its first entry."""
    write_entries(5)
    bundle = export_proof(SYSTEM, first=2, last=4, reason="one case only")
    assert "3 entries from 2, unbroken" in check(bundle, tmp_path).stdout


@in_database
def test_a_line_separator_in_a_reason_breaks_no_bundle(tmp_path: Path) -> None:
    """U+2028 and U+0085 typed or pasted into a reason stay inside their entry."""
    for reason in ("a\u2028b", "a\u0085b", "a\rb\nc"):
        with deed(SYSTEM, "test.deed", reason=reason):
            pass
    bundle = export_proof(SYSTEM, reason="asked by the court")
    assert "3 entries from 1, unbroken" in check(bundle, tmp_path).stdout


def test_something_else_is_no_bundle(tmp_path: Path) -> None:
    """A file that is no bundle is told apart from a broken one."""
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    assert verify_proof.check(str(path))[0] == 2


@in_database
def test_taking_a_proof_is_itself_a_deed() -> None:
    """The book says who took which entries and why; the chain stays whole."""
    write_entries(2)
    auditor = make_officer(make_offices().bureau, Role.AUDITOR)
    export_proof(auditor, reason="asked by the court")
    entry = AuditEntry.objects.latest("sequence")
    body = json.loads(entry.body)
    assert (entry.deed, entry.actor_id) == ("audit.export_proof", auditor.pk)
    assert (body["detail"], body["reason"]) == ({"first": 1, "last": 2}, "asked by the court")
    assert verify().is_whole


@in_database
def test_a_proof_is_refused_to_others_and_without_a_reason() -> None:
    """A leader and an administrator get none; an auditor says why; an empty range is told."""
    write_entries(1)
    offices = make_offices()
    for role in (Role.LEADER, Role.ADMINISTRATOR):
        with pytest.raises(Refused):
            export_proof(make_officer(offices.bureau, role), reason="curious")
    auditor = make_officer(offices.bureau, Role.AUDITOR)
    with pytest.raises(Invalid):
        export_proof(auditor, reason=" ")
    with pytest.raises(Invalid):
        export_proof(auditor, first=7, last=9, reason="asked by the court")
    assert AuditEntry.objects.count() == 1


@given(st.binary(max_size=300))
def test_sm3_in_pure_python_equals_that_of_openssl(data: bytes) -> None:
    """The script's own SM3, for a Python without it, gives the same digest on any input."""
    assert verify_proof._sm3_pure(data) == hashlib.new("sm3", data).hexdigest()


def test_sm3_gives_the_digests_of_the_standard() -> None:
    """The two worked examples of GB/T 32905-2016, annex A."""
    one, two = b"abc", b"abcd" * 16
    assert verify_proof._sm3_pure(one) == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert verify_proof._sm3_pure(two) == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


@in_database
def test_the_bundle_verifies_without_openssl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where hashlib knows no SM3, the script falls back on its own."""
    write_entries(2)
    path = tmp_path / "proof.zip"
    path.write_bytes(export_proof(SYSTEM, reason="asked by the court"))

    def unknown(name: str, data: bytes = b"") -> None:
        raise ValueError(name)

    monkeypatch.setattr(verify_proof.hashlib, "new", unknown)
    assert verify_proof.check(str(path))[0] == 0


@in_database
def test_an_auditor_exports_no_deeds_of_other_offices() -> None:
    """A bundle cannot leave entries out, so a range with another office's deeds is refused."""
    offices = make_offices()
    auditor = make_officer(offices.office, Role.AUDITOR)
    elsewhere = make_officer(offices.other_office, Role.OFFICER)
    own = write_entries(2, auditor)
    write_entries(1, elsewhere)
    with pytest.raises(Refused):
        export_proof(auditor, reason="检查")
    first, last = own[0].sequence, own[-1].sequence
    assert export_proof(auditor, first=first, last=last, reason="检查")
    assert export_proof(make_officer(offices.bureau, Role.AUDITOR), reason="检查")
