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
from zhixing.kit.jobs.standing import (
    Standing,
    covering_schedule,
    end_standing,
    put_all_standing,
    put_standing,
    register_standing,
    standing_schedule,
)

__all__ = [
    "Cancelled",
    "Job",
    "JobContext",
    "Schedule",
    "Standing",
    "cancel",
    "covering_schedule",
    "end_standing",
    "enqueue",
    "enqueue_path",
    "jobs_visible",
    "may_steer",
    "put_all_standing",
    "put_schedule",
    "put_standing",
    "register_standing",
    "retry",
    "run_inline",
    "schedules_visible",
    "standing_schedule",
    "switch_schedule",
]
