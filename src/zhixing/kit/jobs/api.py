"""What apps use of jobs: queue one, cancel it, try it again, look at those one may see."""

from zhixing.kit.jobs.actions import (
    cancel,
    enqueue,
    enqueue_path,
    put_schedule,
    retry,
    switch_schedule,
)
from zhixing.kit.jobs.context import Cancelled, JobContext
from zhixing.kit.jobs.models import Job, Schedule
from zhixing.kit.jobs.running import run_inline
from zhixing.kit.jobs.selectors import jobs_visible, may_steer, schedules_visible

__all__ = [
    "Cancelled",
    "Job",
    "JobContext",
    "Schedule",
    "cancel",
    "enqueue",
    "enqueue_path",
    "jobs_visible",
    "may_steer",
    "put_schedule",
    "retry",
    "run_inline",
    "schedules_visible",
    "switch_schedule",
]
