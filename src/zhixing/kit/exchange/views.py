"""The pages of an import: list, file, columns, result of the check, decision, result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid, ProductError
from zhixing.kit.exchange import actions, sheets, tasks
from zhixing.kit.exchange.forms import CancelForm, CommitForm, MappingForm, UploadForm
from zhixing.kit.exchange.importer import importer_for, importers
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.selectors import (
    changes_page,
    errors_page,
    importers_for,
    label_of,
    runs_visible,
)
from zhixing.kit.exchange.staging import head
from zhixing.kit.exchange.storage import changes_path, errors_path, sheet_path
from zhixing.kit.requests import OfficerRequest

PAGE_RUNS = 50
PAGE_ROWS = 100
SAMPLE_ROWS = 20
State = ImportRun.State


@dataclass(frozen=True, slots=True)
class Page:
    """Neighbours of a page, as `{% pager %}` wants them; empty where there is none."""

    previous: str
    next: str


def show_runs(request: OfficerRequest) -> HttpResponse:
    """The imports of the officer's offices, newest first."""
    runs = runs_visible(request.user)
    before = _number(request.GET.get("cursor"))
    if before:
        runs = runs.filter(pk__lt=before)
    rows = list(runs[: PAGE_RUNS + 1])
    more = str(rows[PAGE_RUNS - 1].pk) if len(rows) > PAGE_RUNS else ""
    context = {
        "runs": [(run, label_of(run)) for run in rows[:PAGE_RUNS]],
        "page": Page("", more),
        "importers": importers_for(request.user),
    }
    return render(request, "kit/exchange/runs.html", context)


def start(request: OfficerRequest, slug: str) -> HttpResponse:
    """Choose the file and the office."""
    if slug not in {importer.slug for importer in importers()}:
        raise Http404
    importer = importer_for(slug)
    require(request.user, importer.permission)
    form = UploadForm(
        request.POST or None, request.FILES or None, importer=importer, actor=request.user
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.start_import(
                request.user,
                slug,
                file_name=file.name,
                chunks=file.chunks(1 << 20),
                unit_path=form.cleaned_data["office"],
            )
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            return redirect("imports:columns", run.pk)
    context = {"form": form, "importer": importer}
    status = 422 if form.errors else 200
    return render(request, "kit/exchange/start.html", context, status=status)


def _run(request: OfficerRequest, pk: int) -> ImportRun:
    """The run, if it is one of the officer's; others do not exist for them."""
    return get_object_or_404(runs_visible(request.user), pk=pk)


def assign_columns(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say where each column goes; then the check starts."""
    run = _run(request, pk)
    importer = importer_for(run.importer)
    first = head(run)
    form = MappingForm(request.POST or None, importer=importer, run=run, head=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_columns(request.user, run, mapping=form.mapping, constants=form.constants)
            actions.request_check(request.user, run)
        except Invalid as error:
            fields = {f"fixed-{name}": texts for name, texts in error.fields.items()}
            for name, texts in fields.items():
                form.add_error(name, texts)
            if not fields:
                form.add_error(None, str(error))
        else:
            return redirect(run)
    context = {"run": run, "importer": importer, "form": form, "head": first}
    status = 422 if form.errors else 200
    return render(request, "kit/exchange/columns.html", context, status=status)


def show_run(request: OfficerRequest, pk: int) -> HttpResponse:
    """Where the run stands: its columns, its progress, what the check found, what was written."""
    run = _run(request, pk)
    if run.state in {State.UPLOADED, State.MAPPED}:
        return redirect("imports:columns", run.pk)
    return render(request, "kit/exchange/run.html", _run_context(run))


def _run_context(run: ImportRun) -> dict[str, Any]:
    headings = [(heading, name) for heading, name in run.mapping.items() if name]
    importer = importer_for(run.importer)
    rejected = sheet_path(run, "rejects").exists()
    return {
        "run": run,
        "label": importer.label,
        "columns": [(heading, importer.field(name).label) for heading, name in headings],
        "constants": [(importer.field(name).label, value) for name, value in run.constants.items()],
        "errors": [(fault, sheets.message_of(fault)) for fault in errors_page(run, 0, SAMPLE_ROWS)],
        "changes": changes_page(run, 0, SAMPLE_ROWS),
        "sample": SAMPLE_ROWS,
        "is_stuck": run.is_waiting and tasks.has_ended(run),
        "may_write_valid": run.state == State.CHECKED
        and run.error_count > 0
        and run.good_row_count > 0,
        "may_change": run.position == 0 and run.state in {State.CHECKED, State.FAILED},
        "may_cancel": run.state not in {State.DONE, State.CANCELLED},
        "has_rejects": run.state == State.DONE and run.bad_row_count > 0 and rejected,
        "progress": _progress(run),
    }


def _progress(run: ImportRun) -> dict[str, Any]:
    job = run.job
    return {"done": getattr(job, "done", 0), "total": getattr(job, "total", None)}


def show_progress(request: OfficerRequest, pk: int) -> HttpResponse:
    """The progress part alone for htmx; the page turns when the work is over."""
    run = _run(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect(run)
    if not run.is_waiting or tasks.has_ended(run):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = run.get_absolute_url()
        return response
    return render(request, "kit/exchange/progress.html", _run_context(run))


def show_errors(request: OfficerRequest, pk: int) -> HttpResponse:
    """All errors of the check, a page at a time."""
    run = _run(request, pk)
    offset = _number(request.GET.get("cursor"))
    faults = errors_page(run, offset, PAGE_ROWS)
    context = {
        "run": run,
        "errors": [(fault, sheets.message_of(fault)) for fault in faults],
        "first": offset + 1,
        "last": offset + len(faults),
        "page": _neighbours(offset, run.error_count),
    }
    return render(request, "kit/exchange/errors.html", context)


def show_changes(request: OfficerRequest, pk: int) -> HttpResponse:
    """What the import would change in existing rows, a page at a time."""
    run = _run(request, pk)
    offset = _number(request.GET.get("cursor"))
    found = changes_page(run, offset, PAGE_ROWS + 1)
    count = offset + len(found)
    context = {
        "run": run,
        "changes": found[:PAGE_ROWS],
        "page": _neighbours(offset, count),
    }
    return render(request, "kit/exchange/changes.html", context)


def _neighbours(offset: int, count: int) -> Page:
    following = offset + PAGE_ROWS
    return Page(
        str(max(offset - PAGE_ROWS, 0)) if offset else "",
        str(following) if following < count else "",
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


def confirm_commit(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask once more, naming the file, the rows and the consequence; then write."""
    run = _run(request, pk)
    data = request.POST if request.method == "POST" else None
    mode = request.GET.get("mode", ImportRun.Mode.ALL_OR_NOTHING)
    form = CommitForm(data, initial={"mode": mode})
    if data is not None and form.is_valid():
        actions.request_commit(request.user, run, mode=form.cleaned_data["mode"])
        return redirect(run)
    facts = run.expected | {
        "file": run.file_name,
        "rows": run.good_row_count,
        "bad": run.bad_row_count,
        "register": label_of(run),
    }
    context = {
        "title": _("Write the import"),
        "question": _(
            "Write %(rows)s rows of “%(file)s” into the register %(register)s: "
            "%(created)s new, %(updated)s changed, %(unchanged)s as they were?"
        )
        % facts,
        "consequence": _(
            "An import cannot be undone as a whole. %(bad)s rows with errors are left out and come "
            "back as a file."
        )
        % facts
        if run.bad_row_count
        else _("An import cannot be undone as a whole."),
        "form": form,
        "confirm_label": _("Write"),
        "cancel_url": run.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
def resume(request: OfficerRequest, pk: int) -> HttpResponseRedirect:
    """Go on with a run whose worker ended."""
    run = _run(request, pk)
    try:
        actions.resume_import(request.user, run)
    except ProductError as error:
        messages.error(request, str(error))
    return redirect(run)


def confirm_cancel(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then give the run up."""
    run = _run(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_import(request.user, run, reason=form.cleaned_data["reason"])
        return redirect(run)
    context = {
        "title": _("Give up the import"),
        "question": _("Give up the import of “%(file)s”?") % {"file": run.file_name},
        "consequence": _("%(count)s rows are written already and stay.")
        % {"count": run.created_count + run.updated_count}
        if run.position
        else "",
        "form": form,
        "confirm_label": _("Give up"),
        "cancel_url": run.get_absolute_url() if run.is_waiting else reverse("imports:list"),
        "danger": True,
    }
    return render(request, "kit/confirm.html", context)


def download(request: OfficerRequest, pk: int, what: str) -> FileResponse:
    """All errors, all changes, or the rejected rows, as XLSX."""
    run = _run(request, pk)
    if what == "errors" and errors_path(run).exists():
        path = sheets.write_errors(run)
    elif what == "changes" and changes_path(run).exists():
        path = sheets.write_changes(run)
    elif what == "rejects" and sheet_path(run, "rejects").exists():
        path = sheet_path(run, "rejects")
    else:
        raise Http404
    names = {"errors": _("errors"), "changes": _("changes"), "rejects": _("rejected rows")}
    stem = run.file_name.rsplit(".", 1)[0]
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{stem}-{names[what]}.xlsx")
