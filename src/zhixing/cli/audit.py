"""`zhixing audit`: verify the chain, export a proof."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from zhixing.cli.startup import with_django


@click.group()
def audit() -> None:
    """The book of deeds: an SM3 chain that anyone can check."""


@audit.command()
@click.option("--expect-head", help="A seal noted elsewhere that the chain must end with.")
@with_django
def verify(expect_head: str | None) -> None:
    """Walk the chain; exit 1 and name the first broken entry if one does not fit."""
    from zhixing.apps.audit import api

    verdict = api.verify()
    if not verdict.is_whole:
        click.echo(f"broken at entry {verdict.broken_at}: {verdict.problem}", err=True)
        sys.exit(1)
    if expect_head and expect_head != verdict.head:
        click.echo(f"the chain ends with {verdict.head}, expected {expect_head}", err=True)
        sys.exit(1)
    click.echo(f"{verdict.checked} entries, unbroken; last seal {verdict.head}")


@audit.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--first", default=1, show_default=True, help="Number of the first entry.")
@click.option("--last", type=int, help="Number of the last entry; default: the newest.")
@click.option("--reason", required=True, help="Why the proof is needed; kept in the audit.")
@with_django
def proof(output: Path, first: int, last: int | None, reason: str) -> None:
    """Write a bundle that its own script checks offline: entries, manifest, verify_proof.py."""
    from zhixing.apps.audit import api
    from zhixing.kit.actors import SystemActor

    bundle = api.export_proof(SystemActor("cli audit proof"), first=first, last=last, reason=reason)
    output.write_bytes(bundle)
    click.echo(f"{output}: check it with")
    click.echo(f"  unzip {output} verify_proof.py && python3 verify_proof.py {output}")


@audit.command()
@with_django
def evidence() -> None:
    """Hash every evidence file again and compare with the book; exit 1 and name what differs."""
    from zhixing.apps.audit.api import unlike_the_book
    from zhixing.kit.files.api import verify as verify_store

    verdict = verify_store()
    problems = [f"missing or changed: {sm3}" for sm3 in verdict.broken] + unlike_the_book()
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo(f"{verdict.checked} contents, all as received")
