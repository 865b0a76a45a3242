"""What the jobs tell the rest of the kit at start-up: the words of their deeds and figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DEED_NAMES = {
    "job.enqueue": _("queued a job"),
    "job.cancel": _("cancelled a job"),
    "job.retry": _("tried a job again"),
    "schedule.put": _("set up a schedule"),
    "schedule.switch": _("switched a schedule"),
}

# Keys of a job's result, as its page names them; a key that is not here is shown as it is.
RESULT_NAMES = {
    "names": _("Names checked"),
    "hits": _("Hits"),
    "new_leads": _("New leads"),
    "rows": _("Rows"),
    "errors": _("Errors"),
    "created": _("New"),
    "updated": _("Changed"),
    "unchanged": _("Unchanged"),
    "rejected": _("Rejected"),
    "refused": _("Refused"),
    "state": _("State"),
}
