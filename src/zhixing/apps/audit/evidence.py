"""Does the evidence still say what the book says was received?

`kit.files` re-hashes the content; a content exchanged together with its row would pass there. The
hash of every file also stands in the sealed entry of its attaching, and that is compared here.
"""

from __future__ import annotations

import json

from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.files.api import EvidenceFile

DEED = "evidence.attach"


def unlike_the_book() -> list[str]:
    """One line for each file whose row is gone, has another hash, or was never written down."""
    recorded: dict[int, tuple[str, int]] = {}
    for entry in AuditEntry.objects.filter(deed=DEED).order_by("sequence").iterator():
        detail = json.loads(entry.body)["detail"]
        recorded[detail["file"]] = (detail["sm3"], entry.sequence)
    rows = EvidenceFile.objects.order_by("pk").values_list("pk", "sm3")
    kept: dict[int, str] = dict(rows.iterator())
    problems = [
        f"file {pk}: entry {sequence} holds {sm3}, the row {kept.get(pk, 'is gone')}"
        for pk, (sm3, sequence) in recorded.items()
        if kept.get(pk) != sm3
    ]
    return problems + [f"file {pk}: no entry of the book" for pk in kept if pk not in recorded]
