"""The Django Tasks backend over the jobs table, so that any `@task` can be queued the usual way."""

from __future__ import annotations

from inspect import signature
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json


class JobBackend(BaseTaskBackend):
    """Stores tasks as `Job` rows; `zhixing worker` runs them (decision 0003)."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue the task; positional arguments are kept under their names.

        Raises:
            TypeError: the arguments do not fit the task.
        """
        from zhixing.kit.actors import SystemActor
        from zhixing.kit.jobs.actions import enqueue_path

        self.validate_task(task)
        call = signature(task.func)
        call.bind(*[None] * task.takes_context, *args, **kwargs)
        names = list(call.parameters)[int(task.takes_context) :]
        given = dict(zip(names, args, strict=False)) | kwargs
        job = enqueue_path(
            task.module_path,
            actor=SystemActor("task"),
            label=task.name,
            params=normalize_json(given),
            run_after=task.run_after or timezone.now(),
            priority=task.priority,
        )
        return self._result(job)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The job with that number as a task result.

        Raises:
            TaskResultDoesNotExist: there is none.
        """
        from zhixing.kit.jobs.models import Job

        job = Job.objects.filter(pk=result_id).first() if str(result_id).isdigit() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(job)

    def _result(self, job: Any) -> TaskResult[Any]:
        status = {
            "waiting": TaskResultStatus.READY,
            "running": TaskResultStatus.RUNNING,
            "done": TaskResultStatus.SUCCESSFUL,
        }.get(job.state, TaskResultStatus.FAILED)
        result: TaskResult[Any] = TaskResult(
            task=import_string(job.task),
            id=str(job.pk),
            status=status,
            enqueued_at=job.created,
            started_at=job.started,
            finished_at=job.finished,
            last_attempted_at=job.started,
            args=[],
            kwargs=job.params,
            backend=self.alias,
            errors=_errors(job),
            worker_ids=[job.worker] if job.worker else [],
        )
        object.__setattr__(result, "_return_value", job.result)
        return result


def _errors(job: Any) -> list[TaskError]:
    if not job.error:
        return []
    return [TaskError(exception_class_path="builtins.Exception", traceback=job.error)]
