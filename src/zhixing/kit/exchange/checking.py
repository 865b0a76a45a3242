"""The dry run: every row read, every error listed, nothing written to the register."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, ProductError
from zhixing.kit.exchange.importer import Change, Context, Importer, Rows, importer_for
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.reading import Fault
from zhixing.kit.exchange.staging import Progress, StagedRows, stage
from zhixing.kit.exchange.storage import changes_path, errors_path, outcomes_path, rows_path
from zhixing.kit.exchange.tables import TableReader, TableWriter
from zhixing.kit.exchange.upsert import joined

State = ImportRun.State


class Outcome(IntEnum):
    """What becomes of a row."""

    BAD = 0
    CREATED = 1
    UPDATED = 2
    UNCHANGED = 3


def context_of(run: ImportRun, actor: Actor) -> Context:
    """For whom and where the run writes."""
    mapped = {name for name in run.mapping.values() if name} | set(run.constants)
    return Context(actor, run.unit_path, run.pk, frozenset(mapped))


def check_run(run: ImportRun, actor: Actor, progress: Progress) -> ImportRun:
    """Check every row of a mapped run and keep the result; may be repeated.

    Raises:
        Refused: the actor may not import this register.
        Conflict: the columns are not assigned yet, or the run is past checking.
        UnreadableFile: the file breaks off or is damaged further on; the run is then `failed`.
    """
    importer = importer_for(run.importer)
    require(actor, importer.permission)
    if run.state not in {State.MAPPED, State.CHECKING, State.CHECKED, State.FAILED} or run.position:
        raise Conflict(_("This import is past checking; start a new one."))
    try:
        stage(run, progress)
        outcomes, errors = _check(run, importer, context_of(run, actor), progress)
    except ProductError as error:
        if _is_cancelled(run):
            raise
        with deed(actor, "import.check", run, detail=run.facts()):
            run.state, run.message = State.FAILED, str(error)
            run.save()
        raise
    if _is_cancelled(run):
        raise Conflict(_("This import was stopped."))
    np.save(outcomes_path(run), outcomes)
    counts = np.bincount(outcomes, minlength=len(Outcome))
    with deed(actor, "import.check", run, detail=run.facts()):
        run.state, run.message = State.CHECKED, ""
        run.row_count = len(outcomes)
        run.bad_row_count = int(counts[Outcome.BAD])
        run.error_count = errors
        run.expected = {o.name.lower(): int(counts[o]) for o in Outcome if o is not Outcome.BAD}
        run.checked = timezone.now()
        run.save()
    return run


def _is_cancelled(run: ImportRun) -> bool:
    return ImportRun.objects.filter(pk=run.pk, state=State.CANCELLED).exists()


def _check(
    run: ImportRun, importer: Importer, context: Context, progress: Progress
) -> tuple[npt.NDArray[np.int8], int]:
    staged = StagedRows(rows_path(run))
    identities = importer.identities(context.mapped)
    keys: list[list[pa.StringArray]] = [[] for _identity in identities]
    numbers: list[npt.NDArray[np.int64]] = []
    outcomes: list[npt.NDArray[np.int8]] = []
    found = errors_path(run).with_name("found.parquet")
    with (
        TableWriter(found, Fault) as errors,
        TableWriter(changes_path(run), Change) as changes,
    ):
        for index, batch in enumerate(staged):
            rows = importer.parse(batch, run.mapping, run.constants)
            importer.check(rows, context)
            errors.extend(sorted(rows.faults, key=lambda fault: fault.row))
            good = rows.good()
            plan = importer.plan(good, context)
            changes.extend(plan.changes)
            outcome = np.full(len(good), Outcome.UNCHANGED, dtype=np.int8)
            outcome[plan.created], outcome[plan.updated] = Outcome.CREATED, Outcome.UPDATED
            full = np.full(len(rows), Outcome.BAD, dtype=np.int8)
            full[~rows.bad] = outcome
            outcomes.append(full)
            numbers.append(rows.numbers)
            for kept, names in zip(keys, identities, strict=True):
                kept.append(_identity(rows, names))
            progress(index + 1, len(staged), "checking")
    if not outcomes:
        _join(run, [], None)
        return np.zeros(0, dtype=np.int8), 0
    outcome = np.concatenate(outcomes)
    row_numbers = np.concatenate(numbers)
    twice = [
        _Repeats(importer, run, names, pa.chunked_array(kept), row_numbers)
        for names, kept in zip(identities, keys, strict=True)
    ]
    for repeats in twice:
        outcome[repeats.places] = Outcome.BAD
    return outcome, _join(run, twice, row_numbers)


def _identity(rows: Rows, names: Sequence[str]) -> pa.StringArray:
    """The row's identity as one text; null where its first part is missing."""
    texts = joined([rows.columns[name] for name in names])
    return pc.if_else(pc.is_valid(rows.columns[names[0]]), texts, pa.scalar(None, pa.string()))


class _Repeats:
    """The rows whose identity stands more than once in the file."""

    def __init__(
        self,
        importer: Importer,
        run: ImportRun,
        names: Sequence[str],
        keys: pa.ChunkedArray,
        numbers: npt.NDArray[np.int64],
    ) -> None:
        headings = {name: heading for heading, name in run.mapping.items() if name}
        self.heading = " + ".join(
            headings.get(name, str(importer.field(name).label))
            for name in _in_file(names, importer)
        )
        codes = pa.chunked_array(
            [chunk.indices for chunk in keys.dictionary_encode().chunks], pa.int32()
        )
        code = np.asarray(pc.fill_null(codes, -1))
        times = np.bincount(code[code >= 0])
        if not len(times):
            self.places = np.zeros(0, dtype=np.int64)
            return
        self.places = np.flatnonzero((code >= 0) & (times[code] > 1))
        repeated = code[self.places]
        order = np.argsort(repeated, kind="stable")
        group, first = np.unique(repeated[order], return_index=True)
        position = np.searchsorted(group, repeated)
        first_place = self.places[order[first]]
        second_place = self.places[order[first + 1]]
        is_first = first_place[position] == self.places
        self.rows = numbers[self.places]
        self.others = numbers[np.where(is_first, second_place[position], first_place[position])]
        self.times = times[repeated]
        self.texts = keys.take(pa.array(self.places)).combine_chunks()

    def faults(self, low: int, high: float) -> list[Fault]:
        """The faults of rows above `low`, up to `high`."""
        if not len(self.places):
            return []
        start, end = np.searchsorted(self.rows, [low, high], side="right")
        return [
            Fault(
                int(self.rows[i]),
                self.heading,
                str(self.texts[int(i)].as_py()).replace("\x1f", " "),
                _("each key once in the file"),
                _("It also stands in row %(row)s (%(times)s times in all); keep one of them.")
                % {"row": int(self.others[i]), "times": int(self.times[i])},
            )
            for i in range(start, end)
        ]


def _in_file(names: Sequence[str], importer: Importer) -> list[str]:
    known = {column.name for column in importer.fields}
    return [name if name in known else name.removesuffix("_id") for name in names]


def _join(run: ImportRun, twice: list[_Repeats], numbers: npt.NDArray[np.int64] | None) -> int:
    """Merge what was found row by row with the repeats, in the order of the rows."""
    found = errors_path(run).with_name("found.parquet")
    with TableWriter(errors_path(run), Fault) as errors:
        low = -1
        waiting: list[Fault] = []
        for fault in TableReader(found, Fault):
            waiting.append(fault)
            if len(waiting) >= 10_000 and fault.row > waiting[0].row:
                high = fault.row - 1
                ready = [f for f in waiting if f.row <= high]
                waiting = [f for f in waiting if f.row > high]
                errors.extend(_merged(ready, twice, low, high))
                low = high
        # The rest of the repeats, in pieces that stay small.
        last = int(numbers[-1]) if numbers is not None else 0
        for high in (*range(low, last, 20_000)[1:], last):
            ready = [f for f in waiting if f.row <= high]
            waiting = [f for f in waiting if f.row > high]
            errors.extend(_merged(ready, twice, low, high))
            low = high
        errors.extend(waiting)
        count = errors.count
    found.unlink()
    return count


def _merged(ready: list[Fault], twice: list[_Repeats], low: int, high: int) -> list[Fault]:
    for repeats in twice:
        ready += repeats.faults(low, high)
    return sorted(ready, key=lambda fault: fault.row)
