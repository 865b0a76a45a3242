"""``zhixing adlaw transcripts``: what is said in sound and film, against advertising law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhixing.cli.screening import (
    DAY,
    FILE,
    OUT,
    one_line_errors,
    report,
    screen_of,
    write_rows,
)

if TYPE_CHECKING:
    from zhixing.engines.transcripts import Transcript


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("-o", "--out", required=True, type=OUT, help="One JSON object a transcript.")
@click.option("--category", default="", help="Product category; default: found out.")
@click.option("--medium", default="tv", show_default=True)
@click.option("--scope", type=click.Choice(["full", "excerpt"]), default="full", show_default=True)
@click.option("--on", "day", type=DAY, help="Law in force on this day; default: today.")
@click.option("--rejects", type=OUT, help="File for the transcripts that were not read.")
@one_line_errors
def transcripts(
    files: tuple[Path, ...],
    out: Path,
    category: str,
    medium: str,
    scope: str,
    day: datetime | None,
    rejects: Path | None,
) -> None:
    """Screen transcripts (SRT, WebVTT or lines `hh:mm:ss text`); each finding gives its times.

    A row has id (the file as named), text, cues (from, to, text; seconds), violating and findings.
    """
    from zhixing.engines.tables import Reject, write_rejects
    from zhixing.engines.transcripts import UnusableTranscript, parse

    screen = screen_of(day)
    refused: list[Reject] = []

    def rows() -> Iterable[dict[str, Any]]:
        for number, file in enumerate(files, start=1):
            try:
                spoken = parse(file.read_text(encoding="utf-8-sig"))
            except (UnusableTranscript, UnicodeDecodeError, OSError) as error:
                refused.append(Reject(number, str(error), str(file)))
                continue
            (screened,) = screen.many([spoken.text], [category], [medium], [scope])
            yield {
                "id": str(file),
                "text": spoken.text,
                "cues": [cue.as_dict() for cue in spoken.cues],
                "category": screened.category,
                "violating": screened.is_violating,
                "findings": [_timed(found.as_dict(), spoken) for found in screened.findings],
            }

    count = write_rows(out, rows())
    write_rejects(rejects, refused)
    report("transcripts read", count, refused)


def _timed(found: dict[str, Any], spoken: Transcript) -> dict[str, Any]:
    """The finding with its seconds, and its beginning as a player shows it."""
    from zhixing.engines.transcripts import clock

    if found["start"] is None:
        return {**found, "from": None, "to": None, "at": None}
    start, end = spoken.times(found["start"], found["end"])
    return {**found, "from": start, "to": end, "at": clock(start)}
