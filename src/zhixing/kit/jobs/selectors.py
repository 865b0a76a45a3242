"""Questions about jobs and schedules, asked by an actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhixing.kit.actors import Actor
from zhixing.kit.jobs.models import Job, Schedule
from zhixing.kit.scope import within_any


def jobs_visible(actor: Actor) -> QuerySet[Job]:
    """The actor's own jobs, and all of the actor's offices for whoever works on supervision."""
    mine = Q(created_by_id=actor.actor_id) if actor.actor_id is not None else Q(pk__in=[])
    if actor.has_perm("kit.view_job"):
        mine |= within_any(actor.scope_paths)
    return Job.objects.filter(mine).select_related("created_by").order_by("-pk")


def may_steer(actor: Actor, job: Job) -> bool:
    """Whether the actor may cancel the job or try it again."""
    is_own = actor.actor_id is not None and job.created_by_id == actor.actor_id
    return is_own or actor.has_perm("kit.steer_job", job)


def schedules_visible(actor: Actor) -> QuerySet[Schedule]:
    """The schedules of the actor's offices, the next to run first."""
    if not actor.has_perm("kit.view_job"):
        return Schedule.objects.none()
    return Schedule.objects.filter(within_any(actor.scope_paths))
