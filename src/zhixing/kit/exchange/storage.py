"""Where imports keep their files: uploads by their SM3, and a folder for each run's results."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.models import ImportRun

# What an upload may grow to when unpacked, as a multiple of the largest upload.
UNPACKED_FACTOR = 8


def folder() -> Path:
    """The folder of all imports."""
    return Path(settings.HOME) / "imports"


def max_unpacked_bytes() -> int:
    """The most bytes a packed file may hold."""
    return int(settings.IMPORT_MAX_BYTES) * UNPACKED_FACTOR


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store a file under its SM3; (digest, size). The same file is stored once.

    Raises:
        Invalid: it is larger than `settings.IMPORT_MAX_BYTES`.
    """
    uploads = folder() / "uploads"
    uploads.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.new("sm3"), 0
    with tempfile.NamedTemporaryFile(dir=uploads, delete=False) as file:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.IMPORT_MAX_BYTES:
                    raise Invalid(
                        _("Expected a file of at most %(size)s MB; split it or pack it as .csv.gz.")
                        % {"size": settings.IMPORT_MAX_BYTES >> 20},
                        code="import.too_large",
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise
    kept = upload_path(digest.hexdigest())
    kept.parent.mkdir(exist_ok=True)
    Path(file.name).replace(kept)
    return digest.hexdigest(), size


def upload_path(sm3: str) -> Path:
    """Where the upload of that digest lies."""
    return folder() / "uploads" / sm3[:2] / sm3


def run_folder(run: ImportRun) -> Path:
    """The run's own folder, made on demand.

    The digest stands in its name: a database put back from a backup gives numbers anew, and must
    not find the rows of another file.
    """
    path = folder() / "runs" / f"{run.pk}-{run.file_sm3[:16]}"
    path.mkdir(parents=True, exist_ok=True)
    return path


def rows_path(run: ImportRun) -> Path:
    """The file's rows as text, in batches that never change."""
    return run_folder(run) / "rows.arrow"


def errors_path(run: ImportRun) -> Path:
    """Every error of the last check."""
    return run_folder(run) / "errors.parquet"


def changes_path(run: ImportRun) -> Path:
    """What the last check expects to change."""
    return run_folder(run) / "changes.parquet"


def outcomes_path(run: ImportRun) -> Path:
    """What becomes of each row, one small number a row."""
    return run_folder(run) / "outcomes.npy"


def sheet_path(run: ImportRun, what: str) -> Path:
    """A spreadsheet for the officer: `errors`, `rejects` or `changes`."""
    return run_folder(run) / f"{what}.xlsx"
