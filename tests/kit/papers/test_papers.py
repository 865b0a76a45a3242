"""Papers from draft to issue: numbers without gap or double, versions that do not change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.apps.audit.test_concurrent import in_threads
from tests.apps.people import make_officer, make_offices
from tests.kit.papers.test_sheets import ROWS, form
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.papers import form as forms
from zhixing.kit.papers.api import (
    Paper,
    draft_paper,
    issue_paper,
    papers_about,
    papers_visible,
    revise_paper,
    withdraw_paper,
)
from zhixing.kit.papers.models import NumberBook
from zhixing.kit.papers.numbering import next_number, office_word
from zhixing.kit.papers.registers import is_intact

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
FACTS = {"month": "2026年11月", "n": 2, "since": DAY, "rows": ROWS, "none": []}


@pytest.fixture(autouse=True)
def _form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(forms._forms, "tests.bulletin", form())


@pytest.fixture
def officer() -> Any:
    return make_officer(make_offices().district, "officer")


def draft(officer: Any, **facts: Any) -> Paper:
    return draft_paper(
        officer, officer.unit, "tests.bulletin", FACTS | facts, unit_path=officer.unit.path
    )


def test_a_draft_is_made_anew_and_then_issued_with_a_number(officer: Any) -> None:
    """Each making keeps its version; the one issued holds number, day and both files."""
    paper = revise_paper(officer, draft(officer), FACTS | {"n": 3})
    assert [version.facts["n"] for version in paper.versions.all()] == [3, 2]
    issued = issue_paper(officer, paper, on=DAY)
    assert (issued.number, issued.issued_by) == ("城东区广监〔2026〕1号", officer)
    last = issued.versions.get(is_issued=True)
    assert (last.n, last.facts["n"]) == (3, 3)
    assert last.docx.name == "城东区广监〔2026〕1号.docx"
    assert last.pdf.media_type == "application/pdf"
    assert list(papers_about(officer.unit)) == [issued]
    assert all(is_intact(version) for version in issued.versions.all())
    last.facts["n"] = 4
    assert not is_intact(last)


def test_an_issued_paper_does_not_change(officer: Any) -> None:
    """It is withdrawn with a reason, and its number is not given again."""
    issued = issue_paper(officer, draft(officer), on=DAY)
    for attempt in (
        lambda: revise_paper(officer, issued, FACTS),
        lambda: issue_paper(officer, issued),
    ):
        with pytest.raises(Conflict):
            attempt()
    with pytest.raises(Invalid):
        withdraw_paper(officer, issued, reason=" ")
    assert withdraw_paper(officer, issued, reason="文字有误").state == "withdrawn"
    assert issue_paper(officer, draft(officer), on=DAY).sequence == 2


def test_numbers_run_by_office_and_year_without_a_gap(officer: Any) -> None:
    """A paper that could not be issued gives its number back."""
    first = issue_paper(officer, draft(officer), on=DAY)
    failing = draft(officer)
    version = failing.versions.get()
    version.facts["month"] = "𐎀"
    version.save()
    with pytest.raises(Invalid):
        issue_paper(officer, failing, on=DAY)
    second = issue_paper(officer, draft(officer), on=DAY)
    next_year = issue_paper(officer, draft(officer), on=date(2027, 1, 4))
    assert [p.sequence for p in (first, second, next_year)] == [1, 2, 1]
    assert NumberBook.objects.count() == 2


def test_the_word_of_an_office_comes_from_its_name_or_from_the_bureau(
    officer: Any, settings: Any
) -> None:
    """`ZHIXING_OFFICE_WORDS` comes first."""
    assert office_word(officer.unit.path) == "城东区"
    settings.PAPERS_OFFICE_WORDS = {"379901": "城东市监"}
    with transaction.atomic():
        assert next_number(officer.unit.path, "广监", 2026)[2] == "城东市监广监〔2026〕1号"


def test_papers_of_other_offices_are_out_of_reach(officer: Any, client: Any) -> None:
    """Neither seen nor issued nor withdrawn nor fetched."""
    paper = issue_paper(officer, draft(officer), on=DAY)
    outsider = make_officer(make_offices().other_office, "officer")
    for attempt in (
        lambda: withdraw_paper(outsider, paper, reason="x"),
        lambda: draft_paper(outsider, officer.unit, "tests.bulletin", FACTS,
                            unit_path=officer.unit.path),
    ):  # fmt: skip
        with pytest.raises(Refused):
            attempt()
    assert not papers_visible(outsider).exists()
    client.force_login(outsider)
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert client.get(paper.versions.get(is_issued=True).pdf.url).status_code == 404


def test_the_book_of_papers_shows_versions_with_their_hash(officer: Any, client: Any) -> None:
    """List and page, with the files to fetch."""
    paper = issue_paper(officer, draft(officer), on=DAY)
    client.force_login(officer)
    assert paper.number in client.get(reverse("papers:papers")).content.decode()
    page = client.get(paper.get_absolute_url()).content.decode()
    version = paper.versions.get(is_issued=True)
    assert version.facts_sm3[:12] in page
    fetched = client.get(version.pdf.url)
    assert fetched.status_code == 200
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_officers_who_issue_at_once_get_numbers_of_their_own() -> None:
    """Four at the same moment, five papers each: 1 to 20, none twice and none missing."""
    path, given = make_offices().district.path, list[int]()

    def work() -> None:
        for _paper in range(5):
            with transaction.atomic():
                given.append(next_number(path, "广监", 2026)[1])

    in_threads(work, 4)
    assert sorted(given) == list(range(1, 21))
