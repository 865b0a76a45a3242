"""Attaching evidence: the store, the deed, and everything that is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.people import Offices, make_officer
from tests.kit.files.conftest import DOCX, JPEG, PAGE, PNG, Stored, upload
from zhixing.apps.accounts.api import Role
from zhixing.apps.audit import api as audit
from zhixing.apps.audit.models import AuditEntry
from zhixing.cli import main as cli
from zhixing.kit import history
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.files import access, actions, store
from zhixing.kit.files.api import EvidenceFile, EvidenceLink, attach, broken_files, links_of, verify

pytestmark = pytest.mark.django_db
SM3 = hashlib.new("sm3", JPEG).hexdigest()


@pytest.fixture
def head(watched: Offices) -> Any:
    return make_officer(watched.office, Role.HEAD)


def test_a_file_lies_under_the_hash_of_its_content(watched: Offices, head: Any, root: Path) -> None:
    file = attach(head, watched.office, upload("door.jpg", JPEG), caption="The door")
    assert (file.sm3, file.size, file.media_type) == (SM3, len(JPEG), "image/jpeg")
    place = root / SM3[:2] / SM3[2:4] / SM3
    assert place.read_bytes() == JPEG
    assert place.stat().st_mode & 0o777 == 0o440
    assert [(link.file, link.caption) for link in links_of(watched.office)] == [(file, "The door")]


def test_the_hash_stands_in_the_audit_chain_and_in_the_object_s_log(
    watched: Offices, head: Any
) -> None:
    attach(head, watched.office, upload("door.jpg", JPEG), caption="The door", role="front")
    entry = AuditEntry.objects.get(deed="evidence.attach")
    detail = json.loads(entry.body)["detail"]
    assert (detail["sm3"], detail["caption"], detail["role"]) == (SM3, "The door", "front")
    assert entry.actor == head
    assert [told.deed for told in history.entries_for(watched.office)] == ["evidence.attach"]
    assert audit.verify().is_whole


def test_equal_content_is_stored_once_and_linked_twice(
    watched: Offices, head: Any, stored: Stored
) -> None:
    chief = make_officer(watched.district, Role.HEAD)
    first = attach(head, watched.office, upload("a.jpg", JPEG))
    second = attach(chief, watched.other_office, upload("b.jpg", JPEG))
    assert first.pk != second.pk
    assert [path.name for path in stored()] == [SM3]


def test_a_file_sent_again_for_the_same_object_is_the_same_evidence(
    watched: Offices, head: Any
) -> None:
    """A phone that got no answer sends once more; for another role it is evidence of its own."""
    first = attach(head, watched.office, upload("a.jpg", JPEG))
    assert attach(head, watched.office, upload("a.jpg", JPEG)) == first
    assert attach(head, watched.office, upload("a.jpg", JPEG), role="front") != first
    assert EvidenceLink.objects.count() == 2
    assert AuditEntry.objects.filter(deed="evidence.attach").count() == 2


def test_evidence_belongs_to_the_office_of_whoever_gave_it_unless_told_otherwise(
    watched: Offices, head: Any
) -> None:
    own = attach(head, watched.office, upload("a.jpg", JPEG))
    told = attach(head, watched.office, upload("a.png", PNG), unit_path=watched.other_office.path)
    assert (own.unit_path, own.uploaded_by) == (watched.office.path, head)
    assert told.unit_path == watched.other_office.path


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("door.png", JPEG, r"door\.png: expected a name ending in \.jpg, \.jpeg, .* “\.png”"),
        ("door", JPEG, r"expected a name ending in \.jpg, \.jpeg"),
        ("run.jpg", b"MZ\x90\x00" + bytes(60), "expected the content of one of csv, docx, gif"),
        ("empty.txt", b"", "expected a file with content, came an empty one"),
        ("page.txt", PAGE, r"ending in \.html, \.htm, because the content is text/html"),
    ],
)
def test_what_is_refused_says_what_was_expected_and_leaves_nothing(
    watched: Offices, head: Any, stored: Stored, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        attach(head, watched.office, upload(name, content))
    assert (refusal.value.code, list(refusal.value.fields)) == ("evidence.refused", ["file"])
    assert not EvidenceFile.objects.exists()
    assert not AuditEntry.objects.filter(deed="evidence.attach").exists()
    assert stored() == []


def test_a_file_that_is_too_large_is_refused(
    watched: Offices, head: Any, stored: Stored, settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = len(JPEG)
    attach(head, watched.office, upload("fits.jpg", JPEG))
    with pytest.raises(Invalid, match=r"big\.jpg: expected at most 31 B, came 32 B;"):
        attach(head, watched.office, upload("big.jpg", JPEG + b"x"))
    assert len(stored()) == 1


def test_a_file_that_lies_about_its_size_is_stopped_while_it_comes(
    watched: Offices, head: Any, stored: Stored, settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = 100
    liar: SimpleUploadedFile = upload("big.jpg", JPEG + bytes(1000))
    liar.size = 10
    with pytest.raises(Invalid, match="expected at most 100 B, came more;"):
        attach(head, watched.office, liar)
    assert stored() == []


def test_only_who_may_attach_does(watched: Offices, stored: Stored) -> None:
    officer = make_officer(watched.office, Role.OFFICER)
    stranger = make_officer(watched.other_office, Role.HEAD)
    for refused in (officer, stranger):
        with pytest.raises(Refused):
            attach(refused, watched.office, upload("a.jpg", JPEG))
    assert stored() == []


def test_a_model_nobody_spoke_for_takes_no_evidence(watched: Offices, head: Any) -> None:
    with pytest.raises(Refused):
        attach(head, head, upload("a.jpg", JPEG))


def test_a_broken_connection_leaves_nothing(
    watched: Offices, head: Any, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(self: Any, chunk_size: int | None = None) -> Any:
        yield JPEG
        raise ConnectionError

    monkeypatch.setattr(SimpleUploadedFile, "chunks", break_off)
    with pytest.raises(ConnectionError):
        attach(head, watched.office, upload("a.jpg", JPEG))
    assert stored() == []


def test_the_content_is_in_place_before_the_row(
    watched: Offices, head: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between leaves a file that nobody names, and sending it again succeeds."""

    def crash(*_given: Any, **_named: Any) -> Any:
        assert store.is_intact(SM3)
        raise SystemExit

    monkeypatch.setattr(actions, "deed", crash)
    with pytest.raises(SystemExit):
        attach(head, watched.office, upload("a.jpg", JPEG))
    assert not EvidenceFile.objects.exists()
    monkeypatch.undo()


def test_the_check_names_what_was_changed_or_lost(watched: Offices, head: Any) -> None:
    kept = attach(head, watched.office, upload("a.docx", DOCX))
    changed = attach(head, watched.office, upload("a.jpg", JPEG))
    lost = attach(head, watched.office, upload("a.png", PNG))
    assert (verify().checked, verify().broken) == (3, [])
    place = store.path_of(changed.sm3)
    place.chmod(0o640)
    place.write_bytes(JPEG[:-1] + b"\x01")
    store.path_of(lost.sm3).unlink()
    verdict = verify()
    assert not verdict.is_whole
    assert set(verdict.broken) == {changed.sm3, lost.sm3}
    assert broken_files() == [changed, lost]
    assert kept.sm3 not in verdict.broken


def test_receiving_a_file_again_mends_a_damaged_copy(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    place = store.path_of(file.sm3)
    place.chmod(0o640)
    place.write_bytes(b"spoiled")
    attach(head, watched.office, upload("a.jpg", JPEG))
    assert store.is_intact(file.sm3)


def test_a_viewer_is_registered_with_who_may_attach(watched: Offices, head: Any) -> None:
    access.register_viewer(type(head), lambda actor, obj: True, lambda actor, obj: False)
    with pytest.raises(Refused):
        attach(head, head, upload("a.jpg", JPEG))


def test_the_command_names_broken_evidence_and_fails(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    whole = CliRunner().invoke(cli, ["audit", "evidence"])
    assert (whole.exit_code, whole.output) == (0, "1 contents, all as received\n")
    store.path_of(file.sm3).unlink()
    broken = CliRunner().invoke(cli, ["audit", "evidence"])
    assert (broken.exit_code, broken.output) == (1, f"missing or changed: {file.sm3}\n")
