"""What the pages of jobs need beside the common parts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from zhixing.kit.formats import moment
from zhixing.kit.jobs.models import Job
from zhixing.kit.jobs.registrations import RESULT_NAMES
from zhixing.kit.jobs.selectors import may_steer

register = template.Library()


@register.simple_tag(takes_context=True)
def steerable(context: template.Context, job: Job) -> bool:
    """Whether the officer looking at the page may cancel the job or try it again."""
    return may_steer(context["request"].user, job)


@register.filter
def log_lines(job: Job) -> list[tuple[str, str]]:
    """(time, text) of each line of the job's log."""
    return [(moment(datetime.fromisoformat(at)), text) for at, text in job.log]


@register.filter
def result_rows(job: Job) -> list[tuple[Any, Any]]:
    """(name, value) of each figure the job came to; a bare value stands without a name."""
    if isinstance(job.result, dict):
        return [(RESULT_NAMES.get(key, key), value) for key, value in job.result.items()]
    return [] if job.result is None else [("", job.result)]
