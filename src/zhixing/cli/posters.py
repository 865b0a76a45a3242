"""``zhixing adlaw posters``: pictures of advertisements, against advertising law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import zhixing
from zhixing.cli.screening import (
    DAY,
    FILE,
    OUT,
    day_of,
    one_line_errors,
    report,
    screen_of,
    screen_page,
    write_rows,
)

if TYPE_CHECKING:
    from PIL.Image import Image

    from zhixing.engines.adlaw import Finding, Screened
    from zhixing.engines.posters import (
        Box,
        Limits,
        Mark,
        Page,
        Printed,
        Reader,
        Statement,
        Typeface,
    )

FOLDER = click.Path(file_okay=False, path_type=Path)
# The web font of the pages also draws on pictures.
STYLE_SHEET = Path(zhixing.__file__).parent / "static_vendor" / "noto-sans-sc" / "index.css"
WEIGHT = 500


@click.command()
@click.argument("images", type=FILE, nargs=-1, required=True)
@click.option("-o", "--out", required=True, type=OUT, help="One JSON object a picture.")
@click.option("--draw", type=FOLDER, help="Folder for copies with the findings drawn on them.")
@click.option("--category", default="", help="Product category; default: found out.")
@click.option("--scope", type=click.Choice(["full", "excerpt"]), default="full", show_default=True)
@click.option("--on", "day", type=DAY, help="Law in force on this day; default: today.")
@click.option("--reader", type=click.Choice(["auto", "fast", "rapid"]), default="auto")
@click.option("--threads", type=click.IntRange(min=1), help="Processor cores to use.")
@click.option("--typeface", type=FILE, help="Font file for the notes; default: Noto Sans SC.")
@click.option("--rejects", type=OUT, help="File for the pictures that were not read.")
@one_line_errors
def posters(
    images: tuple[Path, ...],
    out: Path,
    draw: Path | None,
    category: str,
    scope: str,
    day: datetime | None,
    reader: str,
    threads: int | None,
    typeface: Path | None,
    rejects: Path | None,
) -> None:
    """Read IMAGES and screen their text; each finding gives the boxes where it stands.

    A row has id (the file as named), width, height, reader, text, lines (text, box, confidence,
    size, start, end), statements (statutory sentences with their size), violating and findings.
    """
    from zhixing.engines.posters import UnusablePicture, load, open_reader, page, printed
    from zhixing.engines.tables import Reject, write_rejects

    eyes, screen = open_reader(reader, threads), screen_of(day)
    statements, limits = _small_print(day_of(day))
    face = _typeface(typeface) if draw else None
    cited = _citations()
    refused: list[Reject] = []
    copies = _copies(images)

    def rows() -> Iterable[dict[str, Any]]:
        for number, image in enumerate(images, start=1):
            try:
                picture = load(image)
            except UnusablePicture as error:
                refused.append(Reject(number, str(error), str(image)))
                continue
            read = page(picture.width, picture.height, eyes.read(picture))
            sentences = printed(read, statements, limits)
            screened = screen_page(screen, read.text, category, "image", scope)
            if draw and face:
                marks = _marks(read, screened, sentences, cited)
                _draw(draw / copies[number - 1], picture, marks, face)
            yield _row(image, read, eyes, screened, sentences)

    count = write_rows(out, rows())
    write_rejects(rejects, refused)
    report("pictures read", count, refused)


def _small_print(today: date) -> tuple[list[Statement], Limits]:
    """The statutory sentences of the day, and from which size they are small."""
    from zhixing import law
    from zhixing.engines.posters import Limits, Statement

    rows = [row for rows in law.table("statements").rows.values() for row in rows]
    statements = [Statement(row.code, row.title_zh) for row in rows if row.is_in_force(today)]
    main, picture = (law.on("small_print", code, today) for code in ("of_main", "of_picture"))
    return statements, Limits(main.amount / 100, picture.amount / 100)


def _citations() -> dict[str, str]:
    """The articles of each rule as Chinese files write them."""
    from zhixing import law
    from zhixing.law.advertising import rules

    return {rule.id: "".join(map(law.cite, rule.articles)) for rule in rules()}


def _typeface(path: Path | None) -> Typeface:
    from zhixing.engines.posters import Typeface
    from zhixing.engines.tables import TableError

    if path is None and not STYLE_SHEET.is_file():
        raise TableError("no typeface to draw with: name one with --typeface FILE")
    try:
        if path is None:
            return Typeface.of(STYLE_SHEET, WEIGHT)
        return Typeface.of(path)
    except (OSError, ValueError) as error:
        raise TableError(f"{path}: not a usable typeface ({error})") from error


def _row(
    image: Path, read: Page, eyes: Reader, screened: Screened, sentences: Sequence[Printed]
) -> dict[str, Any]:
    return {
        "id": str(image),
        "width": read.width,
        "height": read.height,
        "reader": eyes.name,
        "text": read.text,
        "lines": read.as_dicts(),
        "statements": [one.as_dict() for one in sentences],
        "category": screened.category,
        "violating": screened.is_violating,
        "findings": [
            {
                **found.as_dict(),
                "boxes": [box.as_list() for box in _places(read, found)],
            }
            for found in screened.findings
        ],
    }


def _places(read: Page, found: Finding) -> list[Box]:
    """Where the stretches of a finding stand; something missing stands nowhere."""
    if found.start is None or found.end is None:
        return []
    stretches = [(part.start, part.end) for part in found.parts] or [(found.start, found.end)]
    return [box for start, end in stretches for box in read.boxes(start, end)]


def _marks(
    read: Page, screened: Screened, sentences: Sequence[Printed], cited: Mapping[str, str]
) -> list[Mark]:
    from zhixing.engines.posters import Mark

    marks = []
    for found in screened.findings:
        boxes = _places(read, found)
        shown = f"“{found.span}”：" if found.span else ""
        note = f"{shown}{found.reason}（{cited[found.rule]}；{found.probability:.0%}）"
        marks.append(Mark(note, tuple(boxes), found.severity))
    for one in sentences:
        if one.is_small:
            sizes = f"最大字号的{one.of_main:.0%}，画面短边的{one.of_picture:.1%}"
            marks.append(Mark(f"“{one.statement.text}”字号过小：{sizes}", one.boxes))
    return marks


def _copies(images: Sequence[Path]) -> list[str]:
    """Names of the drawn copies; pictures of one name from different folders get their number."""
    stems = [image.stem for image in images]
    return [
        f"{stem}-{number}.png" if stems.count(stem) > 1 else f"{stem}.png"
        for number, stem in enumerate(stems, start=1)
    ]


def _draw(target: Path, picture: Image, marks: Sequence[Mark], face: Typeface) -> None:
    from zhixing.engines.posters import annotate
    from zhixing.engines.tables import TableError

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        annotate(picture, marks, face).save(target)
    except OSError as error:
        raise TableError(f"{target}: cannot be written ({error.strerror or error})") from error
