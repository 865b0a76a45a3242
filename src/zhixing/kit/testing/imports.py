"""A whole import in one call, without a worker: for tests."""

from __future__ import annotations

from typing import Any

from zhixing.kit.actors import Actor
from zhixing.kit.exchange.actions import map_columns, start_import
from zhixing.kit.exchange.checking import check_run
from zhixing.kit.exchange.committing import commit_run
from zhixing.kit.exchange.models import ImportRun


def import_text(actor: Actor, slug: str, text: str, unit_path: str, **constants: str) -> ImportRun:
    """Import a CSV text all the way, with the columns where the importer itself would put them."""
    run = start_import(
        actor, slug, file_name="test.csv", chunks=[text.encode()], unit_path=unit_path
    )
    run = map_columns(actor, run, mapping=run.mapping, constants=constants)
    run = check_run(run, actor, _silent)
    return commit_run(run, actor, _silent)


def _silent(*_progress: Any) -> None:
    """Nobody watches the progress of a test."""
