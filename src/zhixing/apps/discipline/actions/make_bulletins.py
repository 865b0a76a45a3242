"""The monthly papers: counted, drafted, counted anew, issued and then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.discipline import figures, papers
from zhixing.apps.discipline.models import Bulletin
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row


@transaction.atomic
def make_bulletin(actor: Actor, values: Mapping[str, Any]) -> Bulletin:
    """Count a month and make the first draft.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: the paper of that month exists, or the month has not begun.
    """
    bulletin = Bulletin(unit_path=actor.unit_path)
    apply_changes(bulletin, values)
    bulletin.month = bulletin.month.replace(day=1)
    require(actor, "discipline.add_bulletin", bulletin)
    if bulletin.month > timezone.localdate():
        sentence = _("The month has not begun.")
        raise Invalid(sentence, fields={"month": [sentence]})
    same = Bulletin.objects.filter(
        unit_path=bulletin.unit_path, kind=bulletin.kind, month=bulletin.month
    )
    if same.exists():
        sentence = _("The paper of that month exists; open it and count anew.")
        raise Invalid(sentence, fields={"month": [sentence]})
    _count(actor, bulletin)
    with deed(actor, "bulletin.make") as act:
        bulletin.save()
        act.obj = bulletin
    papers.put_bulletin(actor, bulletin)
    return bulletin


def change_bulletin(
    actor: Actor,
    obj: Bulletin,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Bulletin:
    """Change the remarks; the draft is made anew."""
    with transaction.atomic():
        bulletin = _open(actor, fresh_row(obj, stamp))
        with deed(actor, "bulletin.change", bulletin, reason=reason):
            bulletin.remarks = str(changes.get("remarks", bulletin.remarks))
            bulletin.save()
        papers.put_bulletin(actor, bulletin)
    return bulletin


@transaction.atomic
def count_anew(actor: Actor, obj: Bulletin) -> Bulletin:
    """Count the month again, after more was read; the draft is made anew."""
    bulletin = _open(actor, fresh_row(obj))
    with deed(actor, "bulletin.count", bulletin):
        _count(actor, bulletin)
        bulletin.save()
    papers.put_bulletin(actor, bulletin)
    return bulletin


@transaction.atomic
def issue(actor: Actor, obj: Bulletin) -> Bulletin:
    """Issue the paper; its figures stay as they are.

    Raises:
        Conflict: the month is not over.
    """
    bulletin = _open(actor, fresh_row(obj))
    if figures.month_end(bulletin.month) >= timezone.localdate():
        raise Conflict(_("The month is not over; its figures may still change."))
    with deed(actor, "bulletin.issue", bulletin):
        bulletin.is_issued = True
        bulletin.save()
    papers.issue_bulletin(actor, bulletin)
    return bulletin


def _count(actor: Actor, bulletin: Bulletin) -> None:
    bulletin.figures = figures.of_month(actor, bulletin.month)
    bulletin.counted_at = timezone.now()


def _open(actor: Actor, bulletin: Bulletin) -> Bulletin:
    require(actor, "discipline.change_bulletin", bulletin)
    if bulletin.is_issued:
        raise Conflict(_("The paper is issued; what was wrong is corrected in a new one."))
    return bulletin
