"""The chain: every change made beside the platform is noticed and named."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from tests.apps.audit.book import SYSTEM, rename, write_entries
from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.models import Role
from zhixing.apps.audit.api import verify
from zhixing.apps.audit.chain import GENESIS, canonical, seal
from zhixing.apps.audit.models import AuditEntry, ChainHead
from zhixing.cli.audit import audit as command
from zhixing.kit.deeds import deed

pytestmark = pytest.mark.django_db


def broken(entry: AuditEntry, **columns: Any) -> tuple[int | None, str]:
    """What the walk says after the entry's columns were changed in the database."""
    AuditEntry.objects.filter(pk=entry.pk).update(**columns)
    verdict = verify()
    assert not verdict.is_whole
    return verdict.broken_at, verdict.problem


def test_an_empty_chain_is_whole() -> None:
    """Before the first deed there is nothing to find fault with."""
    verdict = verify()
    assert (verdict.is_whole, verdict.checked, verdict.head) == (True, 0, GENESIS)


def test_an_untouched_chain_is_whole() -> None:
    """Each entry carries the seal before; the last seal is the head."""
    entries = write_entries(5)
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [GENESIS, *[e.seal for e in entries[:-1]]]
    verdict = verify()
    assert (verdict.is_whole, verdict.checked, verdict.head) == (True, 5, entries[-1].seal)


def test_tampered_content_is_named() -> None:
    """Another reason written into an entry breaks its seal."""
    entry = write_entries(5)[2]
    body = entry.body.replace("理由 2", "理由 9")
    assert body != entry.body
    assert broken(entry, body=body) == (3, "its content does not fit its seal")


def test_a_resealed_entry_breaks_the_next() -> None:
    """Whoever computes a fitting seal for changed content is found out one entry later."""
    entry = write_entries(5)[2]
    body = entry.body.replace("理由 2", "理由 9")
    assert broken(entry, body=body, seal=seal(entry.previous, body)) == (
        4,
        "it does not carry the seal of the entry before",
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("deed", "other.deed"),
        ("actor_label", "somebody else"),
        ("unit_path", "3701/"),
        ("object_type", "accounts.officer"),
        ("object_id", "17"),
    ],
)
def test_a_tampered_column_is_named(column: str, value: str) -> None:
    """The columns for filtering are checked against the sealed content."""
    entry = write_entries(3)[1]
    number, problem = broken(entry, **{column: value})
    names = {"unit_path": "office"}
    assert number == 2
    assert problem == f"columns changed beside the sealed content: {names.get(column, column)}"


def test_another_actor_or_time_is_named() -> None:
    """Neither who nor when can be changed beside the sealed content."""
    officer = make_officer(make_offices().office, Role.OFFICER)
    entry = write_entries(2)[0]
    assert broken(entry, actor=officer)[1].endswith(": actor")
    AuditEntry.objects.filter(pk=entry.pk).update(actor=None)
    assert verify().is_whole
    assert broken(entry, at=entry.at + timedelta(seconds=1))[1].endswith(": at")


def test_a_deleted_entry_is_named() -> None:
    """A gap shows at the number that is missing."""
    entries = write_entries(5)
    entries[2].delete()
    verdict = verify()
    assert (verdict.broken_at, verdict.problem) == (3, "entry 3 is missing, 4 follows")
    assert verdict.checked == 2


def test_a_cut_off_tail_is_named() -> None:
    """The head remembers how many there were."""
    entries = write_entries(5)
    AuditEntry.objects.filter(sequence__gt=3).delete()
    verdict = verify()
    assert verdict.broken_at == 4
    assert verdict.problem == "the head names entry 5, the chain ends at 3"
    assert verdict.head == entries[2].seal


def test_an_entry_added_beside_the_platform_is_named() -> None:
    """A well-sealed entry at the end is one more than the head knows."""
    last = write_entries(2)[-1]
    body = canonical({**json.loads(last.body), "sequence": 3})
    AuditEntry.objects.create(
        sequence=3, at=last.at, actor_label=last.actor_label, deed=last.deed, body=body,
        previous=last.seal, seal=seal(last.seal, body),
    )  # fmt: skip
    assert verify().broken_at == 4


def test_a_deed_that_fails_leaves_no_entry() -> None:
    """Change and entry stand or fall together."""
    unit = make_offices().office

    def fail() -> None:
        with deed(SYSTEM, "office.rename", unit):
            unit.name = "另一所"
            unit.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    unit.refresh_from_db()
    assert unit.name == "城关所"
    assert not AuditEntry.objects.exists()
    assert not ChainHead.objects.filter(sequence__gt=0).exists()


def test_an_entry_holds_what_changed_and_nothing_else() -> None:
    """Before and after name the changed field alone; the office is that of the actor."""
    offices = make_offices()
    officer = make_officer(offices.bureau, Role.ADMINISTRATOR, name="王明")
    body = json.loads(rename(officer, offices.office, "新城关所").body)
    assert (body["before"], body["after"]) == ({"name": "城关所"}, {"name": "新城关所"})
    assert (body["actor"], body["actor_label"]) == (officer.pk, "王明")
    assert body["office"] == offices.bureau.path
    assert body["reason"] == "new name"
    assert body["object_label"] == "新城关所"


def test_the_command_tells_a_whole_chain_from_a_broken_one() -> None:
    """`zhixing audit verify` ends with 0 and the last seal, or with 1 and the broken entry."""
    entries = write_entries(3)
    whole = CliRunner().invoke(command, ["verify", "--expect-head", entries[-1].seal])
    assert whole.exit_code == 0, whole.output
    assert entries[-1].seal in whole.output
    other = CliRunner().invoke(command, ["verify", "--expect-head", entries[0].seal])
    assert other.exit_code == 1
    entries[1].delete()
    cut = CliRunner().invoke(command, ["verify"])
    assert cut.exit_code == 1
    assert "entry 2" in cut.output
