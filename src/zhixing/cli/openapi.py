"""``zhixing openapi``: the interface for programs as an OpenAPI 3.1 document."""

from __future__ import annotations

import json

import click

from zhixing.cli.startup import with_django


@click.command()
@with_django
def openapi() -> None:
    """Print the OpenAPI document of /api/v1 as JSON."""
    from zhixing.apps.portal.rest import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
