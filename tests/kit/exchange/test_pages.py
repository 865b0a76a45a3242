"""The pages of an import, from the file to the rejects, and who may not see them."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.kit.exchange.conftest import Files, csv_bytes, uscc
from zhixing.apps.registry.models import Subject
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.jobs.api import Job, cancel, run_inline

ROWS = [
    ["统一社会信用代码", "企业名称", "成立日期", "某列"],
    [uscc(1), "济南鑫源商贸有限公司", "2001-02-03", "x"],
    [uscc(2), "<b>粗体</b>店", "昨天", "y"],
]


def signed_in(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, officer: Any, content: bytes, name: str = "表.csv") -> Any:
    return client.post(
        reverse("imports:start", args=["subjects"]),
        {"file": SimpleUploadedFile(name, content), "office": officer.unit.path},
    )


def columns_of(client: Client, run: ImportRun) -> dict[str, str]:
    """What the form of the columns would send as it stands."""
    form = client.get(reverse("imports:columns", args=[run.pk])).context["form"]
    return {name: form[name].initial or "" for name in form.fields}


def test_an_import_runs_through_its_pages(bureau: SimpleNamespace) -> None:
    """Upload, columns, check, decision, result and rejects, each on its page."""
    client = signed_in(bureau.reporter)
    sent = upload(client, bureau.reporter, csv_bytes(ROWS, "gb18030"))
    run = ImportRun.objects.get()
    assert sent.url == reverse("imports:columns", args=[run.pk])
    page = client.get(sent.url).content.decode()
    assert "某列" in page
    assert "济南鑫源商贸有限公司" in page
    assert "GB18030" in page
    assert client.post(sent.url, columns_of(client, run)).url == run.get_absolute_url()
    run.refresh_from_db()
    assert (run.state, run.unknown_columns) == ("checking", ["某列"])
    assert run_inline(run.job).state == "done"
    page = client.get(run.get_absolute_url()).content.decode()
    assert "昨天" in page
    assert "mode=valid_only" in page
    assert "昨天" in client.get(reverse("imports:errors", args=[run.pk])).content.decode()
    commit = reverse("imports:commit", args=[run.pk])
    asked = client.get(commit, {"mode": "valid_only"}).content.decode()
    assert "表.csv" in asked
    assert client.post(commit, {"mode": "all_or_nothing"}).status_code == 409
    assert client.post(commit, {"mode": "valid_only"}).url == run.get_absolute_url()
    run.refresh_from_db()
    assert (run.state, run.mode) == ("running", "valid_only")
    waiting = client.get(run.get_absolute_url()).content.decode()
    assert reverse("imports:progress", args=[run.pk]) in waiting
    assert run_inline(run.job).result["created"] == 1
    assert Subject.objects.get().name == "济南鑫源商贸有限公司"
    rejects = client.get(reverse("imports:file", args=[run.pk, "rejects"]))
    table = python_calamine.load_workbook(io.BytesIO(b"".join(rejects))).get_sheet_by_index(0)
    assert table.to_python()[1][1] == "<b>粗体</b>店"
    assert "表.csv" in client.get(reverse("imports:list")).content.decode()


def test_first_rows_show_personal_data_masked(bureau: SimpleNamespace) -> None:
    """Phones of the file are masked on the page of the columns."""
    client = signed_in(bureau.reporter)
    sent = upload(client, bureau.reporter, csv_bytes([["名称", "电话"], ["鑫源", "13812341234"]]))
    page = client.get(sent.url).content.decode()
    assert "138****1234" in page
    assert "13812341234" not in page


def test_text_of_the_file_is_never_markup(bureau: SimpleNamespace) -> None:
    """A name with tags is shown as it stands, on every page that shows rows."""
    client = signed_in(bureau.reporter)
    sent = upload(client, bureau.reporter, csv_bytes(ROWS))
    page = client.get(sent.url).content.decode()
    assert "&lt;b&gt;粗体&lt;/b&gt;" in page
    assert "<b>粗体" not in page


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"%PDF-1.7\n", "a.csv"),
        (b"a,a\n1,2", "a.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(
    bureau: SimpleNamespace, content: bytes, name: str
) -> None:
    """The page comes back with the reason; no run is left behind."""
    answer = upload(signed_in(bureau.reporter), bureau.reporter, content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()


def test_columns_that_cannot_work_are_refused_on_their_page(bureau: SimpleNamespace) -> None:
    """A field with two sources and a wrong fixed value are said on the page of the columns."""
    client = signed_in(bureau.reporter)
    upload(client, bureau.reporter, csv_bytes(ROWS))
    run = ImportRun.objects.get()
    form = columns_of(client, run)
    address = reverse("imports:columns", args=[run.pk])
    assert client.post(address, {**form, "column-3": "name"}).status_code == 422
    wrong = client.post(address, {**form, "fixed-longitude": "东"})
    assert wrong.context["form"].errors["fixed-longitude"]


def test_other_offices_find_no_such_import(
    bureau: SimpleNamespace, imported: Callable[..., Any], files: Files
) -> None:
    """For a neighbour every page of the run is missing, for an officer without the role too."""
    run = imported(files("a.csv", ROWS))
    names = ["run", "columns", "errors", "changes", "commit", "cancel", "progress"]
    pages = [reverse(f"imports:{name}", args=[run.pk]) for name in names]
    pages.append(reverse("imports:file", args=[run.pk, "errors"]))
    for officer in (bureau.neighbour, bureau.outsider):
        client = signed_in(officer)
        assert {client.get(page).status_code for page in pages} == {404}
        assert client.post(reverse("imports:resume", args=[run.pk])).status_code == 404
    start = reverse("imports:start", args=["subjects"])
    assert signed_in(bureau.outsider).get(start).status_code == 403
    assert Client().get(start).status_code == 302


def test_an_import_can_be_given_up_with_a_reason(
    bureau: SimpleNamespace, imported: Callable[..., Any], files: Files
) -> None:
    """Giving up asks why, and afterwards nothing can be written."""
    run = imported(files("a.csv", ROWS[:2]))
    client = signed_in(bureau.reporter)
    address = reverse("imports:cancel", args=[run.pk])
    assert client.post(address, {}).status_code == 200
    assert client.post(address, {"reason": "发错了"}).status_code == 302
    commit = reverse("imports:commit", args=[run.pk])
    assert client.post(commit, {"mode": "all_or_nothing"}).status_code == 409
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_a_run_whose_job_ended_early_can_go_on(
    bureau: SimpleNamespace, imported: Callable[..., Any], files: Files
) -> None:
    """The page offers to go on when the job was cancelled, and going on does the work."""
    run = imported(files("a.csv", ROWS[:2]))
    client = signed_in(bureau.reporter)
    client.post(reverse("imports:commit", args=[run.pk]), {"mode": "all_or_nothing"})
    run.refresh_from_db()
    cancel(bureau.reporter, run.job)
    resume = reverse("imports:resume", args=[run.pk])
    assert resume in client.get(run.get_absolute_url()).content.decode()
    client.post(resume)
    run_inline(Job.objects.get(state=Job.State.WAITING))
    run.refresh_from_db()
    assert (run.state, Subject.objects.count()) == ("done", 1)
