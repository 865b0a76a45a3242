"""The revision of the watch lists: each change of a list takes the next number."""

from __future__ import annotations

from django.db import transaction

from zhixing.apps.brands.models import ListRevision


def next_revision() -> int:
    """Take the next revision, inside the transaction of the change that it stands for.

    The row stays locked until that transaction ends, so revisions become visible in their order.
    """
    assert transaction.get_connection().in_atomic_block, "a revision belongs to a change"
    ListRevision.objects.get_or_create(pk=1)
    row = ListRevision.objects.select_for_update().get(pk=1)
    row.number += 1
    row.save(update_fields=["number"])
    return row.number
