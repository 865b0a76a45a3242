"""Deeds on advertising approvals: enter, change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.adverts.models import Ad, Approval
from zhixing.apps.adverts.numbers import kind_of, normalised
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search

TERMS = {Approval.Kind.MEDICAL: "term_medical"}


def create_approval(actor: Actor, values: Mapping[str, Any]) -> Approval:
    """Enter an approval; without a last day it gets the longest term the law knows.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    approval = Approval(unit_path=actor.unit_path)
    apply_changes(approval, {key: value for key, value in values.items() if value is not None})
    require(actor, "adverts.add_approval", approval)
    _check(approval)
    with deed(actor, "approval.create") as act:
        approval.save()
        act.obj = approval
        _check_ads_again([approval.number])
    return approval


def update_approval(
    actor: Actor,
    obj: Approval,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Approval:
    """Change an approval; advertisements that show its number are checked again.

    Raises:
        Refused: the approval is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        approval = fresh_row(obj, stamp)
        require(actor, "adverts.change_approval", approval)
        before = approval.number
        with deed(actor, "approval.update", approval, reason=reason):
            apply_changes(approval, changes)
            require(actor, "adverts.change_approval", approval)
            _check(approval)
            approval.save()
            _check_ads_again([before, approval.number])
    return approval


def complete_imported(numbers: Sequence[str]) -> None:
    """Fill what follows from the columns of approvals that an import has just written."""
    rows = list(Approval.objects.filter(AmongKeys("number", numbers)))
    for approval in rows:
        approval.search_text = _words(approval)
    Approval.objects.bulk_update(rows, ["search_text"], batch_size=500)
    _check_ads_again(numbers)


def last_day(kind: str, first: date) -> date:
    """The last day of the longest term: two years, one for a medical certificate.

    Raises:
        LawError: no term was in force on that day.
    """
    term = law.on("adverts", TERMS.get(Approval.Kind(kind), "term_goods"), first)
    years = int(term.amount)
    try:
        end = first.replace(year=first.year + years)
    except ValueError:  # 29 February
        end = first.replace(year=first.year + years, day=28)
    return end - timedelta(days=1)


def _check(approval: Approval) -> None:
    approval.number = normalised(approval.number)
    same = Approval.objects.filter(number=approval.number).exclude(pk=approval.pk)
    if same.exists():
        sentence = _("This number is in the register already.")
        raise Invalid(sentence, fields={"number": [sentence]})
    told = kind_of(approval.number)
    if told and approval.kind and told != approval.kind:
        sentence = _("By its number this is an approval for: %(kind)s.") % {
            "kind": Approval.Kind(told).label
        }
        raise Invalid(sentence, fields={"kind": [sentence]})
    if approval.applicant is not None and not approval.applicant_name:
        approval.applicant_name = approval.applicant.name
    if approval.valid_from and not approval.valid_to and approval.kind:
        approval.valid_to = last_day(approval.kind, approval.valid_from)
    if approval.valid_from and approval.valid_to and approval.valid_to < approval.valid_from:
        sentence = _("Expected a day on or after %(start)s, found %(end)s.") % {
            "start": approval.valid_from,
            "end": approval.valid_to,
        }
        raise Invalid(sentence, fields={"valid_to": [sentence]})
    approval.search_text = _words(approval)
    validate(approval)


def _words(approval: Approval) -> str:
    return split_for_search(
        approval.number, approval.product, approval.applicant_name, approval.licence_number
    )


def _check_ads_again(numbers: Sequence[str]) -> None:
    Ad.objects.filter(approval_number__in=numbers).update(is_due=True)
