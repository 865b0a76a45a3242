"""What commands that use the database share: starting Django and clear exits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


def with_django(command: Callable[P, R]) -> Callable[P, R]:
    """Start Django before the command; a `ProductError` becomes one line on stderr and exit 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        import django

        django.setup()
        from django.db import DatabaseError, connection

        from zhixing.kit.errors import ProductError
        from zhixing.kit.requests import set_request_id
        from zhixing.law import LawError

        set_request_id(f"cli:{command.__name__}")
        try:
            return command(*args, **kwargs)
        except (ProductError, LawError) as error:
            fail(str(error))
            raise AssertionError from error
        except DatabaseError:
            if "accounts_orgunit" in connection.introspection.table_names():
                raise
            fail("no bureau yet; run  zhixing init")
            raise

    return run


def fail(sentence: str) -> Any:
    """Say what is wrong in one line on stderr and end with exit code 2."""
    click.echo(f"zhixing: {sentence}", err=True)
    sys.exit(2)
