"""Deeds on reminders and on what settles them: tell the holder, record a use, record a renewal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.registry.api import TradeMark, update_mark
from zhixing.apps.trademarks.actions.find_reminders import as_reminder
from zhixing.apps.trademarks.finding import Found, term_facts
from zhixing.apps.trademarks.models import MarkUse, Reminder
from zhixing.apps.trademarks.terms import grace_ends, renewal_opens, renewed_until
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.files.api import attach
from zhixing.kit.register import validate


@transaction.atomic
def tell_holder(actor: Actor, obj: Reminder, *, on: date, channel: str, note: str = "") -> Reminder:
    """Write down that the holder or licensee was told, when and how; telling again is written anew.

    Raises:
        Refused: the reminder is not of the actor's offices.
        Conflict: it is settled.
        Invalid: a day to come, or an unknown way.
    """
    row: Reminder = Reminder.objects.select_for_update().get(pk=obj.pk)
    require(actor, "trademarks.tell_reminder", row)
    if row.state == Reminder.State.CLOSED:
        raise Conflict(_("This reminder is settled already; there is nobody left to tell."))
    _not_to_come("on", on)
    with deed(actor, "reminder.tell", row, reason=note.strip()):
        row.state = Reminder.State.TOLD
        row.told_on, row.channel, row.note = on, channel, note.strip()
        row.told_by_id = actor.actor_id
        validate(row)
        row.save()
    return row


@transaction.atomic
def record_use(
    actor: Actor,
    mark: TradeMark,
    *,
    used_on: date,
    how: str,
    note: str = "",
    upload: File[Any] | None = None,
) -> MarkUse:
    """Keep evidence that a mark was used on a day; reminders that this makes untrue are settled.

    Raises:
        Refused: the actor may not record uses of this mark.
        Invalid: a day to come, or an unknown way.
    """
    use = MarkUse(mark=mark, used_on=used_on, how=how, note=note.strip())
    use.unit_path = actor.unit_path or mark.unit_path
    require(actor, "trademarks.add_markuse", use)
    _not_to_come("used_on", used_on)
    validate(use)
    with deed(actor, "mark_use.add") as act:
        use.save()
        act.obj = use
    if upload is not None:
        attach(actor, use, upload, caption=str(use), role="use")
    # A use after the one that the reminder counts from makes it untrue.
    stale = Reminder.objects.select_for_update().filter(mark=mark, kind=Reminder.Kind.NON_USE)
    for row in stale.exclude(state=Reminder.State.CLOSED):
        if row.facts["since"] < used_on.isoformat():
            _settle(actor, row, Reminder.Outcome.GONE, timezone.localdate())
    return use


@transaction.atomic
def record_renewal(actor: Actor, mark: TradeMark, *, filed_on: date, note: str = "") -> TradeMark:
    """Give a mark its next term after a renewal that was granted, and settle its reminders.

    Args:
        filed_on: the day on which the renewal was asked for.

    Raises:
        Refused: the mark is not one of the actor's offices.
        Invalid: the mark has no term, or the day lies outside window and grace.
    """
    fresh: TradeMark = TradeMark.objects.select_for_update().get(pk=mark.pk)
    require(actor, "registry.change_trademark", fresh)
    end = fresh.expires_on
    if end is None:
        sentence = _("The register does not say when this mark's term ends; enter that first.")
        raise Invalid(sentence, fields={"filed_on": [sentence]})
    opens, grace = renewal_opens(end).due, grace_ends(end).due
    if not opens <= filed_on <= grace:
        sentence = _("Expected a day from %(opens)s to %(grace)s, found %(day)s.") % {
            "opens": opens,
            "grace": grace,
            "day": filed_on,
        }
        raise Invalid(sentence, fields={"filed_on": [sentence]})
    _not_to_come("filed_on", filed_on)
    changed: TradeMark = update_mark(
        actor,
        fresh,
        {"expires_on": renewed_until(end).due, "status": TradeMark.Status.REGISTERED},
        reason=note.strip() or str(_("Renewal asked for on %(day)s") % {"day": filed_on}),
    )
    _settle_term(actor, fresh, end, filed_on)
    return changed


def _settle_term(actor: Actor, mark: TradeMark, end: date, filed_on: date) -> None:
    """Settle what was said about the old term; a renewal before any reminder leaves one too.

    The board counts renewals by these rows.
    """
    found = Found(Reminder.Kind.RENEWAL, end, mark, term_end=end, facts=term_facts(end))
    if not Reminder.objects.filter(dedup_key=found.key).exists():
        row = as_reminder(found)
        row.state, row.outcome = Reminder.State.CLOSED, Reminder.Outcome.RENEWED
        row.settled_on = filed_on
        with deed(actor, "reminder.settle") as act:
            row.save()
            act.obj = row
    of_term = Reminder.objects.select_for_update().filter(
        Q(dedup_key=found.key) | ~Q(state=Reminder.State.CLOSED),
        mark=mark,
        term_end=end,
    )
    for row in of_term.exclude(outcome=Reminder.Outcome.RENEWED):
        _settle(actor, row, Reminder.Outcome.RENEWED, filed_on)


def _settle(actor: Actor, row: Reminder, outcome: str, on: date) -> None:
    with deed(actor, "reminder.settle", row):
        row.state, row.outcome, row.settled_on = Reminder.State.CLOSED, outcome, on
        row.save()


def _not_to_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        sentence = _("Expected a day that has come, found %(day)s.") % {"day": day}
        raise Invalid(sentence, fields={field: [sentence]})
