"""Several writers at once: the chain stays one chain."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from tests.apps.audit.book import SYSTEM, write_entries
from zhixing.apps.audit.api import verify
from zhixing.apps.audit.models import AuditEntry, ChainHead
from zhixing.kit.deeds import deed

WRITERS, DEEDS = 4, 8


def in_threads(work: Any, count: int) -> None:
    """Run the work in so many threads at the same moment, each with its own connection.

    Raises:
        BaseException: the first error of a thread.
    """
    together, errors = threading.Barrier(count), list[BaseException]()

    def run() -> None:
        try:
            together.wait(timeout=30)
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    if errors:
        raise errors[0]


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_keep_the_chain() -> None:
    """No two entries seal onto the same one, and none is lost; the first writers race too."""

    def work() -> None:
        for _number in range(DEEDS):
            with deed(SYSTEM, "test.deed"):
                pass

    in_threads(work, WRITERS)
    assert AuditEntry.objects.count() == WRITERS * DEEDS
    assert verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_gives_up_leaves_no_gap() -> None:
    """A transaction undone after its entry was written takes the number back."""
    write_entries(1)

    def give_up() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            with deed(SYSTEM, "test.deed"):
                pass
            raise ZeroDivisionError

    def work() -> None:
        for _number in range(DEEDS):
            give_up()
            with deed(SYSTEM, "test.deed"):
                pass

    in_threads(work, WRITERS)
    assert ChainHead.objects.get().sequence == AuditEntry.objects.count() == 1 + WRITERS * DEEDS
    assert verify().is_whole
