"""What the desk shows of ad discipline: measures and suspected advertisements that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from zhixing.apps.discipline import selectors
from zhixing.kit.actors import Actor
from zhixing.kit.duties import Duty


def duties(actor: Actor, until: date, limit: int) -> Iterator[Duty]:
    """Receipts and feedback, replies whose period ends, terms and publications."""
    if actor.has_perm("discipline.view_dispatch"):
        for one in selectors.dispatches_waiting(actor).filter(due_on__lte=until)[:limit]:
            assert one.due_on is not None
            what = _("Acknowledge") if one.state == "sent" else _("Enter the feedback")
            yield Duty(one.due_on, str(one), what, one.get_absolute_url(), one.due_is_provisional)
    if actor.has_perm("discipline.view_sanction"):
        for sanction, day, what in selectors.sanctions_with_days(actor, until)[:limit]:
            yield Duty(day, str(sanction), what, sanction.get_absolute_url())
