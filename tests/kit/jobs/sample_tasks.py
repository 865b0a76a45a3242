"""Tasks for the tests of jobs; what they do stands in the audit, so doubles and losses show."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from zhixing.kit.actors import SystemActor
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict

STEP, TICK = "test.step", "test.tick"
ACTOR = SystemActor("test")


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def count_up(context: Any, upto: int, pause: float = 0.0) -> dict[str, int]:
    """One deed for each number; work and checkpoint in one transaction."""
    first = (context.restored or {}).get("next", 0)
    for number in range(first, upto):
        with transaction.atomic():
            with deed(ACTOR, STEP, detail={"number": number}):
                pass
            context.checkpoint({"next": number + 1})
        context.progress(number + 1, upto, f"number {number}")
        time.sleep(pause)
    return {"began_at": first, "counted": upto - first}


@task
def tick(number: int) -> int:
    """One deed, without a context."""
    with deed(ACTOR, TICK, detail={"number": number}):
        return number


@task(takes_context=True)  # type: ignore[arg-type]
def break_down(context: Any) -> None:
    """Fail as a mistake in the program does."""
    context.checkpoint({"reached": 1})
    raise ZeroDivisionError("nothing to divide by")


@task
def refuse() -> None:
    """Fail as a task does that may not do its work."""
    raise Conflict("The list is closed.")


@task(takes_context=True)  # type: ignore[arg-type]
def swallow(context: Any) -> str:
    """A task that catches every error there is, and calls on progress."""
    try:
        context.progress(1, 2)
    except Exception:
        return "swallowed"
    return "went on"


@task
def tell_the_time() -> Any:
    """A result that JSON does not know."""
    return {"at": timezone.now()}


def no_task() -> None:
    """A function that was not declared as a task."""
