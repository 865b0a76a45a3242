"""What the desk shows of trade-mark services: help asked for, and reminders to pass on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from zhixing.apps.trademarks import selectors
from zhixing.apps.trademarks.models import Reminder
from zhixing.kit.actors import Actor
from zhixing.kit.duties import Duty


def duties(actor: Actor, until: date, limit: int) -> Iterator[Duty]:
    """Requests for help and reminders whose day comes, the nearest of each first."""
    if actor.has_perm("trademarks.view_cultivation"):
        asked = selectors.help_asked(actor).filter(help_due_on__lte=until)
        for row in asked.order_by("help_due_on", "pk")[:limit]:
            assert row.help_due_on is not None
            yield Duty(
                row.help_due_on,
                row.mark_text,
                _("Help with a filing was asked for"),
                row.get_absolute_url(),
                row.help_due_is_provisional,
            )
    if actor.has_perm("trademarks.view_reminder"):
        open_ones = selectors.reminders_visible(actor).filter(state=Reminder.State.OPEN)
        for reminder in open_ones.filter(due_on__lte=until)[:limit]:
            yield Duty(
                reminder.due_on,
                reminder.title,
                reminder.get_kind_display(),
                reminder.get_absolute_url(),
            )
