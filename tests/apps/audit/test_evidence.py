"""Evidence against the book: a file exchanged together with its row shows."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.audit.book import SYSTEM
from tests.apps.people import make_offices
from zhixing.apps.audit.api import unlike_the_book
from zhixing.apps.registry.api import create_subject
from zhixing.cli.audit import audit
from zhixing.kit.files import store
from zhixing.kit.files.api import EvidenceFile, attach

pytestmark = pytest.mark.django_db


def _evidence() -> EvidenceFile:
    path = make_offices().office.path
    subject = create_subject(SYSTEM, {"name": "海州市鑫源粮油店", "unit_path": path})
    return attach(SYSTEM, subject, SimpleUploadedFile("记录.txt", "原件".encode()))


def test_untouched_evidence_agrees_with_the_book() -> None:
    """The command says that all is as received."""
    _evidence()
    assert unlike_the_book() == []
    result = CliRunner().invoke(audit, ["evidence"])
    assert (result.exit_code, "as received" in result.output) == (0, True)


def test_a_content_exchanged_with_its_row_is_named() -> None:
    """The store alone finds nothing wrong; the sealed entry does."""
    file = _evidence()
    other = store.receive(ContentFile("换过的".encode()).chunks(), 1000)
    assert other is not None
    store.keep(other)
    EvidenceFile.objects.filter(pk=file.pk).update(sm3=other.sm3)
    assert [line.partition(":")[0] for line in unlike_the_book()] == [f"file {file.pk}"]
    assert CliRunner().invoke(audit, ["evidence"]).exit_code == 1


def test_a_row_deleted_or_slipped_in_is_named() -> None:
    """Neither a missing row nor one without an entry passes."""
    file = _evidence()
    slipped = EvidenceFile.objects.create(
        sm3=file.sm3, size=1, media_type="text/plain", name="x.txt", unit_path=file.unit_path
    )
    assert unlike_the_book() == [f"file {slipped.pk}: no entry of the book"]
    slipped.delete()
    file.links.all().delete()
    file.delete()
    assert "is gone" in unlike_the_book()[0]
