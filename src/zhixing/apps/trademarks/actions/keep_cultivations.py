"""Deeds on marks cultivated: enter, change, give a request for help to an officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.registry.api import clean_nice_classes
from zhixing.apps.trademarks.models import Cultivation
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search


def add_cultivation(actor: Actor, values: Mapping[str, Any]) -> Cultivation:
    """Enter a mark to cultivate, or a request for help with a filing, as a candidate.

    Without `unit_path` it is the actor's own office's; without `candidate_on` it begins today.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    row = Cultivation(unit_path=actor.unit_path, candidate_on=timezone.localdate())
    apply_changes(row, {key: value for key, value in values.items() if value is not None})
    require(actor, "trademarks.add_cultivation", row)
    prepare(row)
    with deed(actor, "cultivation.add") as act:
        row.save()
        act.obj = row
    return row


def change_cultivation(
    actor: Actor,
    obj: Cultivation,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Cultivation:
    """Change what is known of a mark cultivated; its stage moves by `take_step` alone.

    Raises:
        Refused: it is not of the actor's offices, or given to another one.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "trademarks.change_cultivation", row)
        with deed(actor, "cultivation.change", row, reason=reason):
            apply_changes(row, changes)
            require(actor, "trademarks.change_cultivation", row)
            prepare(row)
            row.save()
    return row


@transaction.atomic
def assign_help(actor: Actor, obj: Cultivation, officer: Officer) -> Cultivation:
    """Give a mark cultivated, with its request for help, to an officer of its office.

    Raises:
        Refused: the actor heads no office that it belongs to.
        Conflict: it has left the stages in which there is something to do.
        Invalid: the officer has left, has another role, or works for other offices.
    """
    require(actor, "trademarks.assign_cultivation", obj)
    row: Cultivation = Cultivation.objects.select_for_update().get(pk=obj.pk)
    if row.stage in Cultivation.EXITS:
        raise Conflict(
            _("“%(mark)s” is %(stage)s; there is nothing left to do.")
            % {"mark": row, "stage": row.get_stage_display()}
        )
    if not officer.has_perm("trademarks.step_cultivation", row):
        sentence = _("%(officer)s does not work for this office; choose another officer.") % {
            "officer": officer
        }
        raise Invalid(sentence, fields={"officer": [sentence]})
    with deed(actor, "cultivation.assign", row):
        row.assignee = officer
        row.save(update_fields=["assignee", "updated"])
    return row


def prepare(row: Cultivation) -> None:
    """Bring a row into shape and refuse what cannot be right; the stage follows from the days.

    Raises:
        Invalid: a field cannot be right.
    """
    row.mark_text = " ".join(row.mark_text.split())
    row.registration_number = row.registration_number.strip().upper()
    row.filing_number = row.filing_number.strip().upper()
    row.nice_classes = clean_nice_classes(row.nice_classes)
    row.stage = row.stage_by_days
    _check_days(row)
    row.help_due_on, row.help_due_is_provisional = None, False
    if row.help_asked_on is not None:
        end = law.deadline("tm_filing_help", row.help_asked_on)
        row.help_due_on, row.help_due_is_provisional = end.due, end.provisional
    holder = row.subject.name if row.subject is not None else ""
    row.search_text = split_for_search(
        row.mark_text, row.filing_number, row.registration_number, holder
    )
    validate(row)


def _check_days(row: Cultivation) -> None:
    """No stage before the one it follows, and nothing that has not happened yet."""
    today, before = timezone.localdate(), None
    for stage in (*Cultivation.PATH, *Cultivation.EXITS):
        day = row.reached(stage)
        if day is None:
            continue
        if day > today:
            raise _wrong_day(
                stage, _("Expected a day that has come, found %(day)s.") % {"day": day}
            )
        if before is not None and day < before:
            raise _wrong_day(
                stage,
                _("Expected a day on or after %(start)s, found %(end)s.")
                % {"start": before, "end": day},
            )
        if stage not in Cultivation.EXITS:
            before = day
    for name in ("searched_on", "documents_on", "help_asked_on"):
        day = getattr(row, name)
        if day is not None and day > today:
            sentence = _("Expected a day that has come, found %(day)s.") % {"day": day}
            raise Invalid(sentence, fields={name: [sentence]})


def _wrong_day(stage: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={f"{stage}_on": [sentence]})
