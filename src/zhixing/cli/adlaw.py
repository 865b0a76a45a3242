"""``zhixing adlaw``: the advertising-law engine on plain files."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhixing.cli.posters import posters
from zhixing.cli.screening import DAY, FILE, OUT, one_line_errors, screen_of
from zhixing.cli.transcripts import transcripts

if TYPE_CHECKING:
    from zhixing.engines.adlaw.build import tables


@click.group()
def adlaw() -> None:
    """Ads against advertising law: screen them, list and check the rules."""


adlaw.add_command(posters)
adlaw.add_command(transcripts)


@adlaw.command()
@click.argument("ads", type=FILE)
@click.option("-o", "--out", required=True, type=OUT)
@click.option("--on", "day", type=DAY, help="Rules in force on this day; default: today.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help="Raise findings from this probability on."
)
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@one_line_errors
def screen(
    ads: Path, out: Path, day: datetime | None, threshold: float | None, rejects: Path | None
) -> None:
    """Screen ADS (columns id, text and, optionally, product_category, medium, scope, date)."""
    import pyarrow as pa

    from zhixing.engines.tables import read_rows, write_rejects, write_table

    rows = read_rows(ads, required=["id", "text"], not_empty=["id"], unique="id")
    write_rejects(rejects, rows.rejects)
    count = rows.table.num_rows

    def column(name: str, empty: str) -> list[str]:
        if name not in rows.table.column_names:
            return [empty] * count
        return [value or empty for value in rows.table[name].to_pylist()]

    ready = screen_of(day, threshold)
    screened = ready.many(
        column("text", ""),
        column("product_category", ""),
        column("medium", ""),
        column("scope", "excerpt"),
    )
    table = pa.table(
        {
            "id": rows.table["id"],
            "violating": pa.array([one.is_violating for one in screened], pa.bool_()),
            "category": pa.array([one.category for one in screened], pa.string()),
            "category_probability": pa.array(
                [one.category_probability for one in screened], pa.float64()
            ),
            "findings": pa.array([[f.as_dict() for f in one.findings] for one in screened]),
        }
    )
    write_table(out, table)
    click.echo(f"{count} ads screened, {len(rows.rejects)} rejected", err=True)


@adlaw.command()
@click.option("--on", "day", type=DAY, help="Rules in force on this day; default: today.")
@click.option("--check", is_flag=True, help="Run every rule's own examples; say what fails.")
@click.option("--family", help="Only rules of this family.")
@one_line_errors
def rules(day: datetime | None, check: bool, family: str | None) -> None:
    """List the rules in force, or check them."""
    from zhixing.engines.adlaw import check_rules

    ready = screen_of(day)
    ruleset = ready.ruleset
    listed = [rule for rule in ruleset.rules if family in (None, rule.family)]
    if not check:
        for rule in listed:
            articles = "; ".join(rule.articles)
            click.echo(f"{rule.id}\t{rule.family}\t{rule.severity}\t{articles}\t{rule.title_zh}")
        return
    failures = [
        line
        for line in check_rules(ruleset, ready)
        if family is None or any(line.startswith(f"{rule.id}:") for rule in listed)
    ]
    for line in failures:
        click.echo(line)
    examples = sum(len(rule.hits) + len(rule.lawful) for rule in listed)
    click.echo(
        f"{len(listed)} rules, {len(ruleset.words)} word lists, {examples} examples,"
        f" {len(failures)} failures; rule set {ruleset.version}",
        err=True,
    )
    if failures:
        sys.exit(1)


@adlaw.command()
@click.argument("cases", type=FILE, nargs=-1, required=True)
@click.option("--on", "day", type=DAY, help="Rules in force on this day; default: today.")
@click.option("--show", is_flag=True, help="Print every miss and every wrong finding.")
@one_line_errors
def score(cases: tuple[Path, ...], day: datetime | None, show: bool) -> None:
    """Recall, precision and lawful ads flagged on labelled CASES (jsonl), with 95 % intervals."""
    from zhixing.engines.adlaw import scoring
    from zhixing.engines.tables import TableError

    read: list[dict[str, Any]] = []
    for path in cases:
        if not path.is_file():
            raise TableError(f"{path}: no such file")
        read += [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    ready = screen_of(day)
    screened = ready.many(
        [case["text"] for case in read],
        [case.get("product_category") or "" for case in read],
        [case.get("medium") or "" for case in read],
        [case.get("scope") or "excerpt" for case in read],
    )
    result = scoring.score(read, screened)
    for name, pair in [
        ("recall, clean", result.clean),
        ("recall, disguised", result.disguised),
        ("precision", result.precision),
        ("lawful flagged", result.lawful),
    ]:
        click.echo(_rate(name, *pair))
    for kind, pair in sorted(result.kinds.items()):
        click.echo(_rate(f"  {kind}", *pair))
    click.echo("family: recall, precision")
    for family in sorted(result.labelled | result.raised):
        recall = f"{result.found[family]}/{result.labelled[family]}"
        click.echo(f"  {family:24} {recall:>9} {result.right[family]}/{result.raised[family]}")
    if show:
        for case, label in result.missed:
            kind = case.get("obfuscation") or "clean"
            click.echo(
                f"MISSED {label['family']} {label.get('span')!r} in {case['text']!r}"
                f" [{case.get('product_category')}, {kind}]"
            )
        for case, one in result.wrong:
            click.echo(
                f"WRONG {one.family} {one.span!r} ({one.rule}, {one.disguise}) in"
                f" {case['text']!r} [{case.get('product_category')}]"
            )


def _rate(name: str, right: int, of: int) -> str:
    from zhixing.engines.rates import wilson

    if not of:
        return f"{name:24} none"
    low, high = wilson(right, of)
    return f"{name:24} {right / of:.3f} [{low:.3f}, {high:.3f}] {right}/{of}"


@adlaw.command("build-tables")
@click.argument("splits", type=FILE)
@click.argument("words", type=FILE)
@click.argument("texts", type=FILE, nargs=-1)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder; default: the engine's.")
@one_line_errors
def build_tables(splits: Path, words: Path, texts: tuple[Path, ...], out: Path | None) -> None:
    """Build the engine's tables from the look-alike tables, SPLITS, WORDS and running TEXTS.

    SPLITS is chaizi-jt.txt.gz, WORDS the dict.txt of jieba, TEXTS have one passage a line.
    """
    from zhixing.engines import adlaw as engine
    from zhixing.engines.adlaw.build import tables
    from zhixing.engines.tables import TableError

    for path in (splits, words, *texts):
        if not path.is_file():
            raise TableError(f"{path}: no such file")
    target = out or Path(engine.__file__).parent / "data"
    tables.build(_characters(), splits, words, texts, target, click.echo)


def _characters() -> tables.Characters:
    """What the look-alike engine knows about the characters that terms are written with."""
    from zhixing.engines.adlaw.build import tables
    from zhixing.engines.lookalike.characters import characters

    alike_from, most = 190, 16
    known = characters()
    readings, alike, traditional = {}, {}, {}
    for unit, code in enumerate(known.codes.tolist()):
        han = chr(code)
        if not 0x3400 <= code < 0x10000:
            continue
        first, second = known.readings[unit].tolist()
        if first:
            readings[han] = (known.syllables[first], known.syllables[second] if second else "")
        if known.fold[code] != code:
            traditional[han] = chr(known.fold[code])
        elif _is_common(han):
            rows = slice(int(known.shape_start[unit]), int(known.shape_start[unit + 1]))
            partners = zip(known.shape_unit[rows], known.shape_score[rows], strict=True)
            others = [chr(known.codes[one]) for one, likeness in partners if likeness >= alike_from]
            alike[han] = "".join(other for other in others if known.fold[ord(other)] != code)[:most]
    return tables.Characters(traditional, readings, alike)


def _is_common(han: str) -> bool:
    try:
        han.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
