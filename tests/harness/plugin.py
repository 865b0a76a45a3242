"""The pytest plug-in of this project: `--db sqlite|postgres`, and what runs on which.

A test that touches the database is marked `database` by itself; it runs on SQLite in the first
pass of `make test` and on PostgreSQL in the second. Tests marked `sqlite` or `postgres` are about
that database alone and run in its pass only. What a page looks like does not depend on the
database: tests in a browser run in the first pass, and in both where marked `both`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.harness import postgres

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
WORKER = "PYTEST_XDIST_WORKER"

_closing = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=["sqlite", "postgres"],
        default="sqlite",
        help="the database to test on; postgres starts a throw-away cluster",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Iterator[None]:
    """Point the settings at the database before Django reads them; workers inherit the answer."""
    # Playwright's synchronous interface runs an event loop, in which Django otherwise refuses to
    # touch the database. Nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if WORKER not in os.environ:
        for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
            del os.environ[name]
        home = _closing.enter_context(tempfile.TemporaryDirectory(prefix="zhixing-test-"))
        os.environ["ZHIXING_HOME"] = home
        if parser.parse_known_args(args).db == "postgres":
            os.environ["ZHIXING_DATABASE_URL"] = _closing.enter_context(postgres.cluster())
    yield


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('db')}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses the database or the browser; leave out what is about the other database."""
    other = {"sqlite": "postgres", "postgres": "sqlite"}[config.getoption("db")]
    chosen, left_out = [], []
    for item in items:
        names = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or not DATABASE_FIXTURES.isdisjoint(names):
            item.add_marker("database")
        if "browser" in names:
            item.add_marker("browser")
            if not item.get_closest_marker("both"):
                item.add_marker("sqlite")
        (left_out if item.get_closest_marker(other) else chosen).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = chosen


def pytest_unconfigure(config: pytest.Config) -> None:
    if WORKER not in os.environ:
        _closing.close()
