"""The job that builds the index of all marks anew."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.clearance import indexing
from zhixing.kit.actors import SystemActor
from zhixing.kit.jobs.api import Job, JobContext, enqueue

OCCASION = "index of marks"


def ask_for_rebuild() -> Job:
    """Queue the job; one that waits or runs already is returned instead."""
    return enqueue(
        rebuild_index,
        actor=SystemActor(OCCASION),
        label=_("Index of all trade marks"),
        params={},
        dedup_key="clearance.index",
    )


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def rebuild_index(context: JobContext) -> dict[str, Any]:
    """Read all marks, measure new pictures, write the index; a killed run is simply begun again."""
    at = indexing.stamp()
    known = indexing.described_on_disk()
    built = indexing.build(at, indexing.read_marks(), known, context.progress)
    indexing.save(built)
    return {"marks": len(built.digests), "figures": len(built.pictures)}
