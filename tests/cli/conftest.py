"""The command in processes of its own, with a data folder and a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """What a new installation finds; on PostgreSQL with a database made for this test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHIXING_")}
    home = {"ZHIXING_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": ""}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    home.pop("DJANGO_SETTINGS_MODULE")
    if connection.vendor == "sqlite":
        yield kept | home
        return
    settings, name = connection.settings_dict, f"cli_{uuid.uuid4().hex[:12]}"
    import psycopg

    parameters = {
        "host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"],
        "password": settings["PASSWORD"], "dbname": "postgres",
    }  # fmt: skip
    server = psycopg.connect(
        **{key: value for key, value in parameters.items() if value}, autocommit=True
    )
    server.execute(f'CREATE DATABASE "{name}"')
    address = f"postgresql://{settings['USER']}@/{name}?host={quote(settings['HOST'], safe='')}"
    if settings["PORT"]:
        address += f"&port={settings['PORT']}"
    yield kept | home | {"ZHIXING_DATABASE_URL": address}
    server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.close()


@pytest.fixture
def zhixing(environment: dict[str, str], tmp_path: Path) -> Command:
    """Run `zhixing …` and return what it said and how it ended."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "zhixing", *arguments],
            env=environment | more,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run
