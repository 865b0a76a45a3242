"""Test suites for registers: declare a register's examples, inherit its tests.

A subclass names the register, the people who use it and one example of each thing; see
`docs/develop/register.md`. The suites need pytest-django; the browser suite also the fixtures
`page` and `phone` of the project's `tests/conftest.py`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.forms import CheckboxInput
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from zhixing.kit import deeds
from zhixing.kit.actors import SystemActor
from zhixing.kit.history import entries_for
from zhixing.kit.masking import mask
from zhixing.kit.register import Register
from zhixing.kit.register.listing import Listing

BACKEND = "django.contrib.auth.backends.ModelBackend"
DAILY_ROWS = 7
# What does not depend on how a database answers is not asked of the second one.
first_pass_only = pytest.mark.sqlite


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a register's tests.

    A keeper and a colleague of the same office, who may change rows; the head, who may change many
    at once; a keeper elsewhere; and a stranger, who has no business with the register.
    """

    keeper: Any
    colleague: Any
    head: Any
    elsewhere: Any
    stranger: Any


@contextmanager
def recorded_deeds() -> Iterator[list[deeds.Deed]]:
    """Everything that is written into the book while the block runs."""
    seen: list[deeds.Deed] = []
    deeds._recorders.append(seen.append)
    try:
        yield seen
    finally:
        deeds._recorders.remove(seen.append)


@pytest.mark.django_db
class RegisterSuite:
    """The tests of any register; what it does not declare is not tested."""

    register: ClassVar[type[Register]]
    # Query parameters of a filter, and values of a row that it keeps and of one that it drops.
    filtering: ClassVar[tuple[Mapping[str, str], Mapping[str, Any], Mapping[str, Any]]]
    # Words of two characters or more, and values of a row that holds them and of one that does not.
    searching: ClassVar[tuple[str, Mapping[str, Any], Mapping[str, Any]] | None] = None
    # What an officer types into the form for a new row, and into which field something wrong.
    typed: ClassVar[Mapping[str, Any] | None] = None
    wrong: ClassVar[tuple[str, str] | None] = None
    # A field that is changed to another value; a second field for the second officer.
    change: ClassVar[tuple[str, str] | None] = None
    other_change: ClassVar[tuple[str, str] | None] = None
    # What is changed in many rows at once: a bulk field and its new value.
    bulk: ClassVar[tuple[str, str] | None] = None
    # Queries a list page may need, however many rows it shows.
    list_queries: ClassVar[int] = 20

    def cast(self) -> Cast:
        """The people; made anew in each test."""
        raise LookupError(f"{type(self).__name__} must say who uses the register")

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        """A valid row of the officer's office; rows of different numbers differ."""
        raise LookupError(f"{type(self).__name__} must say how a row is made")

    def client(self, officer: Any) -> Client:
        """A browser in which the officer is signed in."""
        client = Client()
        client.force_login(officer, backend=BACKEND)
        return client

    def doors(self, row: Any) -> list[str]:
        """The addresses of all pages the register has."""
        register = self.register
        pages = [register.url(), register.url("log", row.pk)]
        if register.permissions.export:
            pages.append(register.url("export"))
        if register.detail:
            pages.append(register.url("detail", row.pk))
        if register.create is not None:
            pages.append(register.url("new"))
        if register.update is not None:
            pages.append(register.url("edit", row.pk))
        return pages

    # ------------------------------------------------------------------ who may

    @first_pass_only
    def test_nobody_gets_in_without_signing_in(self) -> None:
        """Every page sends a visitor to the sign-in form."""
        row = self.make(self.cast().keeper, 1)
        for url in self.doors(row):
            response = Client().get(url)
            assert response.status_code == 302, url
            assert "/login/" in response["Location"], url

    @first_pass_only
    def test_without_the_permission_every_page_is_refused(self) -> None:
        """A role that has no business with the register gets no page of it."""
        cast = self.cast()
        row, client = self.make(cast.keeper, 1), self.client(cast.stranger)
        for url in self.doors(row):
            assert client.get(url).status_code == 403, url

    def test_the_office_sees_its_rows(self) -> None:
        """Whoever keeps the register opens all its pages and finds the row."""
        cast = self.cast()
        row, client = self.make(cast.keeper, 1), self.client(cast.keeper)
        for url in self.doors(row):
            assert client.get(url).status_code == 200, url
        assert str(row) in client.get(self.register.url()).content.decode()

    def test_another_office_does_not_see_them(self) -> None:
        """A row of one office is neither listed for another nor found by its number."""
        cast = self.cast()
        row, client = self.make(cast.keeper, 1), self.client(cast.elsewhere)
        assert self.keys(cast.elsewhere, "") == []
        for page in ("detail", "edit", "log"):
            if page == "detail" and not self.register.detail:
                continue
            if page == "edit" and self.register.update is None:
                continue
            assert client.get(self.register.url(page, row.pk)).status_code == 404, page

    # ------------------------------------------------------------------ the list

    def keys(self, officer: Any, query: str) -> list[Any]:
        """Primary keys of the rows on the page of that query string."""
        listing = Listing(self.register, officer, QueryDict(query), _request(officer))
        return [row.pk for row in listing.page.rows]

    def test_a_filter_keeps_what_matches(self) -> None:
        """The filter keeps the one row, drops the other, and says above the table what it does."""
        cast = self.cast()
        params, kept, dropped = self.filtering
        inside = self.make(cast.keeper, 1, **kept)
        self.make(cast.keeper, 2, **dropped)
        query = _query(params)
        assert self.keys(cast.keeper, query) == [inside.pk]
        page = self.client(cast.keeper).get(f"{self.register.url()}?{query}")
        assert "register-chips" in page.content.decode()

    @first_pass_only
    def test_a_filter_that_matches_nothing_says_so(self) -> None:
        """An empty list tells why it is empty and leads back to all rows."""
        cast = self.cast()
        params, _kept, dropped = self.filtering
        self.make(cast.keeper, 1, **dropped)
        page = self.client(cast.keeper).get(f"{self.register.url()}?{_query(params)}")
        assert "empty-state" in page.content.decode()
        assert f'href="{self.register.url()}"' in page.content.decode()

    @first_pass_only
    def test_an_empty_register_says_what_to_do(self) -> None:
        """Before the first row there is a sentence, not an empty table."""
        page = self.client(self.cast().keeper).get(self.register.url()).content.decode()
        assert "empty-state" in page
        assert "<table" not in page

    def test_search_finds_short_words(self) -> None:
        """Words of two characters are found wherever they stand; words not there find nothing."""
        if self.searching is None:
            assert not self.register.has_search
            return
        cast = self.cast()
        words, with_them, without = self.searching
        found = self.make(cast.keeper, 1, **with_them)
        self.make(cast.keeper, 2, **without)
        assert self.keys(cast.keeper, _query({"q": words})) == [found.pk]
        assert self.keys(cast.elsewhere, _query({"q": words})) == []

    def test_pages_hold_every_row_once_in_every_order(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Walking on shows each row once, in the order asked for; walking back shows the same."""
        cast = self.cast()
        monkeypatch.setattr(self.register, "page_size", 3)
        rows = [self.make(cast.keeper, number) for number in range(1, DAILY_ROWS + 1)]
        sorts = {column.sort for column in self.register.columns if column.sort} or {"pk"}
        for sort in sorted(sorts | {f"-{sort}" for sort in sorts}):
            pages = list(self._walk(cast.keeper, sort, "next"))
            assert [len(page) for page in pages] == [3, 3, 1], sort
            keys = [row.pk for page in pages for row in page]
            assert sorted(keys) == sorted(row.pk for row in rows), sort
            values = [getattr(row, sort.lstrip("-")) for page in pages for row in page]
            _assert_sorted(values, descending=sort.startswith("-"))
            back = list(self._walk(cast.keeper, sort, "previous", start=self.last_cursor))
            assert [row.pk for page in reversed(back) for row in page] == keys[:6], sort

    last_cursor: str = ""

    def _walk(self, officer: Any, sort: str, way: str, start: str = "") -> Iterator[Sequence[Any]]:
        cursor = start
        for _step in range(DAILY_ROWS + 1):
            query = _query({"sort": sort, "cursor": cursor})
            page = Listing(self.register, officer, QueryDict(query), _request(officer)).page
            yield page.rows
            self.last_cursor = page.previous
            cursor = page.next if way == "next" else page.previous
            if not cursor:
                return

    @first_pass_only
    def test_a_made_up_cursor_shows_the_first_page(self) -> None:
        """An address somebody cut off or invented does not break the list."""
        cast = self.cast()
        row = self.make(cast.keeper, 1)
        for word in ("x", "WzFd", "W251bGwsbnVsbCx0cnVlXQ", "!!"):
            assert self.keys(cast.keeper, _query({"cursor": word})) == [row.pk], word

    def test_a_list_needs_as_many_queries_for_many_rows_as_for_one(self) -> None:
        """No query is made per row, with every column on screen."""
        cast = self.cast()
        self._show_all_columns(cast.keeper)
        client = self.client(cast.keeper)
        self.make(cast.keeper, 1)
        few = self._count_queries(client, self.register.url())
        for number in range(2, 12):
            self.make(cast.keeper, number)
        many = self._count_queries(client, self.register.url())
        assert many == few <= self.list_queries

    def _count_queries(self, client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def _show_all_columns(self, officer: Any) -> None:
        names = [column.name for column in self.register.columns]
        self.client(officer).post(self.register.url("columns"), {"column": names})

    # ------------------------------------------------------------------ what an officer keeps

    @first_pass_only
    def test_an_officer_chooses_columns(self) -> None:
        """The columns chosen are those shown from then on, to this officer alone."""
        cast = self.cast()
        self.make(cast.keeper, 1)
        chosen = self.register.columns[-1]
        client = self.client(cast.keeper)
        response = client.post(self.register.url("columns"), {"column": [chosen.name]})
        assert response.status_code == 302
        mine = Listing(self.register, cast.keeper, QueryDict(), _request(cast.keeper))
        theirs = Listing(self.register, cast.colleague, QueryDict(), _request(cast.colleague))
        assert mine.columns == [chosen]
        assert theirs.columns == [column for column in self.register.columns if column.shown]

    @first_pass_only
    def test_a_shared_filter_is_seen_in_the_office_alone(self) -> None:
        """Colleagues find a shared filter, other offices do not; only its owner deletes it."""
        cast = self.cast()
        query = _query(self.filtering[0])
        shared = {"name": "for the whole office", "query": query, "is_shared": "1"}
        self.client(cast.keeper).post(self.register.url("filters"), shared)
        self.client(cast.keeper).post(
            self.register.url("filters"), {"name": "for me alone", "query": query}
        )
        pages = {
            who: self.client(officer).get(self.register.url()).content.decode()
            for who, officer in (
                ("keeper", cast.keeper),
                ("colleague", cast.colleague),
                ("far", cast.elsewhere),
            )
        }
        assert "for the whole office" in pages["keeper"]
        assert "for me alone" in pages["keeper"]
        assert "for the whole office" in pages["colleague"]
        assert "for me alone" not in pages["colleague"]
        assert "for the whole office" not in pages["far"]
        kept = _saved(cast.keeper, self.register, "for the whole office")
        delete = self.register.url("filter-delete", kept.pk)
        assert self.client(cast.colleague).post(delete).status_code == 403
        assert self.client(cast.elsewhere).post(delete).status_code == 404
        assert self.client(cast.keeper).post(delete).status_code == 302
        assert _saved(cast.keeper, self.register, "for the whole office") is None

    # ------------------------------------------------------------------ files

    def test_an_export_holds_what_is_on_screen(self) -> None:
        """Each format holds the filtered rows and chosen columns; the book says who took them."""
        if not self.register.permissions.export:
            return
        cast = self.cast()
        params, kept, dropped = self.filtering
        row = self.make(cast.keeper, 1, **kept)
        self.make(cast.keeper, 2, **dropped)
        self._show_all_columns(cast.keeper)
        labels = [str(column.label) for column in self.register.columns]
        names = [column.name for column in self.register.columns]
        for file_format in ("csv", "xlsx", "parquet"):
            query = _query({**params, "format": file_format})
            with recorded_deeds() as book:
                response = self.client(cast.keeper).get(f"{self.register.url('export')}?{query}")
                content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
            headings, rows = _read_table(file_format, content)
            assert headings == (names if file_format == "parquet" else labels), file_format
            assert len(rows) == 1, file_format
            assert any(str(row) in str(value) for value in rows[0]), file_format
            exports = [deed for deed in book if deed.code == "register.export"]
            assert [deed.detail["rows"] for deed in exports] == [1]

    @first_pass_only
    def test_personal_data_leaves_masked_only(self) -> None:
        """Neither list, page, export nor book shows a personal field plain."""
        cast = self.cast()
        personal = [column for column in self.register.columns if column.personal]
        row = self.make(cast.keeper, 1)
        plain = [str(getattr(row, column.name)) for column in personal]
        assert all(plain)
        assert all(
            mask(column.personal, value) != value
            for column, value in zip(personal, plain, strict=True)
        )
        self._show_all_columns(cast.keeper)
        client = self.client(cast.keeper)
        texts = [client.get(url).content.decode() for url in self.doors(row) if "export" not in url]
        if self.register.permissions.export:
            response = client.get(self.register.url("export"))
            texts.append(b"".join(response.streaming_content).decode())  # type: ignore[attr-defined]
        texts.append(str(entries_for(row)))
        for value in plain:
            assert not [text for text in texts if value in text], value

    # ------------------------------------------------------------------ entering and changing

    @first_pass_only
    def test_a_row_is_entered(self) -> None:
        """The form enters a row of the officer's office, and the change log begins with it."""
        if self.typed is None:
            assert self.register.create is None
            return
        cast = self.cast()
        typed = self.entered(cast)
        response = self.client(cast.keeper).post(self.register.url("new"), typed)
        assert response.status_code == 302, _errors(response)
        row = self.register.rows_visible(cast.keeper).get()
        assert row.unit_path == cast.keeper.unit_path
        log = entries_for(row)
        assert [entry.actor for entry in log] == [cast.keeper.actor_label]

    def entered(self, cast: Cast) -> dict[str, Any]:
        """What the keeper types for a new row; override where it needs rows of other registers."""
        return {"unit_path": cast.keeper.unit_path, **(self.typed or {})}

    @first_pass_only
    def test_a_mistake_is_told_and_nothing_is_lost(self) -> None:
        """What cannot be right is refused beside its field, with everything typed still there."""
        if self.wrong is None:
            return
        cast = self.cast()
        field, value = self.wrong
        typed = self.entered(cast) | {field: value}
        response = self.client(cast.keeper).post(self.register.url("new"), typed)
        assert response.status_code == 422
        form = response.context["form"]
        assert field in form.errors
        assert all(
            form[name].value() == text for name, text in typed.items() if name in form.fields
        )
        assert not self.register.rows_visible(cast.keeper).exists()

    @first_pass_only
    def test_another_office_cannot_be_given_a_row(self) -> None:
        """Whoever enters or moves a row can name offices of their own alone."""
        if self.typed is None:
            return
        cast = self.cast()
        typed = self.entered(cast) | {"unit_path": cast.elsewhere.unit_path}
        assert self.register.form is not None
        if "unit_path" not in self.register.form(actor=cast.keeper).fields:
            return
        assert self.client(cast.keeper).post(self.register.url("new"), typed).status_code == 422

    def _edit_form(self, officer: Any, row: Any) -> dict[str, Any]:
        """The fields of the edit page as a browser would send them back."""
        page = self.client(officer).get(self.register.url("edit", row.pk))
        return _as_sent(page.context["form"])

    @first_pass_only
    def test_a_change_is_saved_and_logged(self) -> None:
        """Only the touched field changes, and the log says from what to what."""
        if self.change is None:
            assert self.register.update is None
            return
        cast = self.cast()
        row = self.make(cast.keeper, 1)
        field, value = self.change
        before = str(getattr(row, field))
        sent = self._edit_form(cast.keeper, row) | {field: value}
        response = self.client(cast.keeper).post(self.register.url("edit", row.pk), sent)
        assert response.status_code == 302, _errors(response)
        entry = entries_for(row)[0]
        assert (str(entry.before[field]), str(entry.after[field])) == (before, value)
        log = self.client(cast.keeper).get(self.register.url("log", row.pk)).content.decode()
        assert cast.keeper.actor_label in log

    def test_two_officers_editing_lose_nothing(self) -> None:
        """The second sees what the first changed; saving again keeps both changes."""
        if self.change is None or self.other_change is None:
            return
        cast = self.cast()
        row, url = self.make(cast.keeper, 1), ""
        url = self.register.url("edit", row.pk)
        (field, value), (other_field, other_value) = self.change, self.other_change
        first = self._edit_form(cast.keeper, row) | {field: value}
        second = self._edit_form(cast.colleague, row) | {other_field: other_value}
        assert self.client(cast.keeper).post(url, first).status_code == 302
        response = self.client(cast.colleague).post(url, second)
        assert response.status_code == 409
        told = [label for label, _value, _both in response.context["meanwhile"]["fields"]]
        assert told == [str(response.context["form"][field].label)]
        again = _as_sent(response.context["form"])
        assert self.client(cast.colleague).post(url, again).status_code == 302
        row.refresh_from_db()
        assert (str(getattr(row, field)), str(getattr(row, other_field))) == (value, other_value)

    # ------------------------------------------------------------------ many at once

    def _bulk_form(self, rows: Sequence[Any], **more: Any) -> dict[str, Any]:
        assert self.bulk is not None
        field, value = self.bulk
        return {
            "row": [row.pk for row in rows],
            field: value,
            "reason": "list of the office",
            **more,
        }

    def test_many_rows_are_changed_after_a_preview(self) -> None:
        """Nothing is written by the preview; applying changes each row with its own log entry."""
        if self.bulk is None:
            assert not self.register.bulk_fields
            return
        cast = self.cast()
        field, value = self.bulk
        rows = [self.make(cast.keeper, number) for number in (1, 2, 3)]
        client, url = self.client(cast.head), self.register.url("bulk")
        preview = client.post(url, self._bulk_form(rows[:2], step="preview"))
        assert preview.status_code == 200
        assert preview.context["changing"] == 2
        assert all(len(entries_for(row)) <= 1 for row in rows)
        form = self._bulk_form(rows[:2], step="apply", digest=preview.context["digest"])
        assert client.post(url, form).status_code == 302
        for row in rows:
            row.refresh_from_db()
        assert [str(getattr(row, field)) == value for row in rows] == [True, True, False]
        assert entries_for(rows[0])[0].reason == "list of the office"

    @first_pass_only
    def test_many_rows_are_not_changed_without_a_reason(self) -> None:
        """No reason, no change."""
        if self.bulk is None:
            return
        cast = self.cast()
        row = self.make(cast.keeper, 1)
        form = self._bulk_form([row], step="apply") | {"reason": " "}
        response = self.client(cast.head).post(self.register.url("bulk"), form)
        assert response.status_code == 422
        assert "reason" in response.context["form"].errors

    def test_many_rows_are_not_changed_over_a_colleague(self) -> None:
        """A row that changed after the preview stops the whole change; the preview comes anew."""
        if self.bulk is None or self.change is None:
            return
        cast = self.cast()
        rows = [self.make(cast.keeper, number) for number in (1, 2)]
        client, url = self.client(cast.head), self.register.url("bulk")
        preview = client.post(url, self._bulk_form(rows, step="preview"))
        field, value = self.other_change or self.change
        sent = self._edit_form(cast.keeper, rows[0]) | {field: value}
        self.client(cast.keeper).post(self.register.url("edit", rows[0].pk), sent)
        form = self._bulk_form(rows, step="apply", digest=preview.context["digest"])
        assert client.post(url, form).status_code == 422
        rows[1].refresh_from_db()
        assert str(getattr(rows[1], self.bulk[0])) != self.bulk[1]

    def test_rows_of_another_office_are_out_of_reach_of_a_bulk_edit(self) -> None:
        """Numbers of foreign rows smuggled into the form are not found."""
        if self.bulk is None:
            return
        cast = self.cast()
        row = self.make(cast.elsewhere, 1)
        response = self.client(cast.head).post(
            self.register.url("bulk"), self._bulk_form([row], step="apply")
        )
        assert response.status_code == 302
        row.refresh_from_db()
        assert str(getattr(row, self.bulk[0])) != self.bulk[1]
        refused = self.client(cast.stranger).post(self.register.url("bulk"), {"row": [row.pk]})
        assert refused.status_code == 403

    # ------------------------------------------------------------------ imports

    @first_pass_only
    def test_the_import_is_offered_to_whoever_may(self) -> None:
        """The list leads to the import page for those who hold its permission, for nobody else."""
        if self.register.importer is None:
            return
        cast = self.cast()
        for officer in (cast.head, cast.keeper):
            page = self.client(officer).get(self.register.url())
            offered = bool(page.context["import_url"])
            assert offered == self.register.importer().may(officer)

    def test_an_import_enters_each_row_once(self, settings: Any, tmp_path: Path) -> None:
        """The same file twice enters its rows once; the rows lie in the office it was read for."""
        if self.register.importer is None:
            return
        from zhixing.kit.testing.imports import import_text

        settings.HOME = tmp_path  # runs of a rolled-back test would leave their files to the next
        cast = self.cast()
        text, number = self.import_file(cast)
        actor = SystemActor("test")
        first = import_text(actor, self.register.importer.slug, text, cast.keeper.unit_path)
        assert (first.created_count, first.state) == (number, first.State.DONE), first.message
        second = import_text(actor, self.register.importer.slug, text, cast.keeper.unit_path)
        assert second.created_count == 0
        assert self.register.rows_visible(cast.keeper).count() == number
        assert not self.register.rows_visible(cast.elsewhere).exists()

    def import_file(self, cast: Cast) -> tuple[str, int]:
        """A CSV file with a heading row, and how many rows it enters."""
        raise LookupError(f"{type(self).__name__} must give a file to import")


class RegisterBrowserSuite:
    """The pages of a register in a real browser, at desktop width and on a phone."""

    suite: ClassVar[type[RegisterSuite]]

    def open(self, page: Any, officer: Any, url: str) -> None:
        """Open a page as the officer."""
        raise LookupError(f"{type(self).__name__} must say how a page is opened")

    def check(self, page: Any) -> None:
        """Check what is on screen: accessible, nothing sticks out."""
        raise LookupError(f"{type(self).__name__} must say what is checked")

    def _look(self, page: Any) -> None:
        suite = self.suite()
        cast = suite.cast()
        rows = [suite.make(cast.keeper, number) for number in (1, 2, 3)]
        suite.make(cast.keeper, 4)
        for url in [url for url in suite.doors(rows[0]) if "export" not in url]:
            self.open(page, cast.keeper, url)
            self.check(page)

    @pytest.mark.django_db(transaction=True)
    def test_every_page_is_accessible_at_desktop_width(self, page: Any) -> None:
        """List, page, forms and log pass axe-core and fit the window."""
        self._look(page)

    @pytest.mark.django_db(transaction=True)
    def test_every_page_is_accessible_on_a_phone(self, phone: Any) -> None:
        """The same at 390 px."""
        self._look(phone)

    @pytest.mark.django_db(transaction=True)
    def test_the_bulk_bar_appears_on_selection(self, page: Any) -> None:
        """The bar is hidden until a row is ticked, and leads to the preview."""
        suite = self.suite()
        if suite.bulk is None:
            return
        cast = suite.cast()
        for number in (1, 2):
            suite.make(cast.keeper, number)
        self.open(page, cast.head, suite.register.url())
        bar = page.locator("[data-bulk-bar]")
        bar.wait_for(state="hidden")
        page.locator('input[name="row"]').first.check()
        bar.wait_for(state="visible")
        bar.locator('button[value="ticked"]').click()
        page.locator('button[value="preview"]').wait_for()
        self.check(page)


def _request(officer: Any) -> Any:
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = officer
    return request


def _query(params: Mapping[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(params)
    return query.urlencode()


def _saved(officer: Any, register: type[Register], name: str) -> Any:
    from zhixing.kit.register.selectors import saved_filters

    return saved_filters(officer, register).filter(name=name).first()


def _assert_sorted(values: list[Any], *, descending: bool) -> None:
    present = [value for value in values if value is not None]
    assert values[: len(present)] == present, "rows without a value come last"
    if all(isinstance(value, str) for value in present):
        return  # the database's own collation decides; the walk back proves that it is one order
    assert present == sorted(present, reverse=descending)


def _as_sent(form: Any) -> dict[str, Any]:
    """What a browser sends back when a form's page is submitted untouched."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, CheckboxInput):
            # A box that is not ticked is not sent at all.
            sent[bound.html_name] = "on" if value else None
            sent[bound.html_initial_name] = str(bool(value))
            continue
        sent[bound.html_name] = _text(bound, value)
        if bound.field.show_hidden_initial:
            sent[bound.html_initial_name] = _text(bound, value)
    return {name: value for name, value in sent.items() if value is not None}


def _text(bound: Any, value: Any) -> Any:
    widget = bound.field.widget
    shown = widget.format_value(value) if hasattr(widget, "format_value") else value
    if isinstance(shown, list) and not getattr(widget, "allow_multiple_selected", False):
        return shown[0] if shown else ""
    return "" if shown is None else shown


def _errors(response: Any) -> str:
    context = getattr(response, "context", None)
    return str(context["form"].errors) if context and "form" in context else ""


def _read_table(file_format: str, content: bytes) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of an exported file."""
    if file_format == "parquet":
        table = pq.read_table(io.BytesIO(content))
        return table.column_names, [list(row.values()) for row in table.to_pylist()]
    if file_format == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    else:
        rows = list[list[Any]](csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [str(cell) for cell in rows[0]], [list(row) for row in rows[1:]]
