"""Deeds on OEM processors and their orders; an order is checked whenever its facts change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.leads.api import NewLead, raise_leads
from zhixing.apps.protection import order_check, order_words
from zhixing.apps.protection.models import OemEnterprise, OemOrder
from zhixing.apps.protection.order_facts import facts_of_order
from zhixing.apps.registry.api import clean_nice_classes
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate

MONITOR = "protection.oem"
CLAUSE = "二/(五)"
# What an officer may expect of a doubtful order until enough have been decided to count it.
PROBABILITY = {"contradiction": 0.6, "missing": 0.3}
# Lines whose absence alone makes an order worth a visit.
DOUBTS = frozenset({"right_none"})


def file_enterprise(actor: Actor, values: Mapping[str, Any]) -> OemEnterprise:
    """Enter an operator as one that makes goods to order; the office is that of the operator.

    Raises:
        Refused: the operator is not of the actor's offices.
        Invalid: a field cannot be right, or the operator is entered already.
    """
    enterprise = OemEnterprise()
    apply_changes(enterprise, values)
    _check_enterprise(enterprise)
    require(actor, "protection.add_oementerprise", enterprise)
    with deed(actor, "oem.file") as act:
        enterprise.save()
        act.obj = enterprise
    return enterprise


def change_enterprise(
    actor: Actor,
    obj: OemEnterprise,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> OemEnterprise:
    """Change what the filing of a processor says.

    Raises:
        Refused: the processor, or the operator it is moved to, is not of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        enterprise = fresh_row(obj, stamp)
        require(actor, "protection.change_oementerprise", enterprise)
        with deed(actor, "oem.change", enterprise, reason=reason):
            apply_changes(enterprise, changes)
            _check_enterprise(enterprise)
            require(actor, "protection.change_oementerprise", enterprise)
            enterprise.save()
    return enterprise


@transaction.atomic
def enter_order(actor: Actor, values: Mapping[str, Any]) -> OemOrder:
    """Enter an order of a processor; it is checked at once, and a doubtful one raises a lead.

    Raises:
        Refused: the processor is not of the actor's offices.
        Invalid: a field cannot be right.
    """
    order = OemOrder()
    apply_changes(order, values)
    _fill_order(order)
    require(actor, "protection.add_oemorder", order)
    _run_check(order)
    validate(order)
    with deed(actor, "oem_order.enter") as act:
        order.save()
        act.obj = order
    _raise_doubt(order)
    return order


def change_order(
    actor: Actor,
    obj: OemOrder,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> OemOrder:
    """Change an order, and check it anew.

    Raises:
        Refused: the order is not of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        order = fresh_row(obj, stamp)
        require(actor, "protection.change_oemorder", order)
        with deed(actor, "oem_order.change", order, reason=reason):
            apply_changes(order, changes)
            _fill_order(order)
            require(actor, "protection.change_oemorder", order)
            _run_check(order)
            validate(order)
            order.save()
        _raise_doubt(order)
    return order


@transaction.atomic
def check_order(actor: Actor, order: OemOrder) -> OemOrder:
    """Check an order again, with marks and contracts as they stand now."""
    fresh: OemOrder = OemOrder.objects.select_for_update().get(pk=order.pk)
    require(actor, "protection.change_oemorder", fresh)
    with deed(actor, "oem_order.check", fresh):
        _run_check(fresh)
        fresh.save()
    _raise_doubt(fresh)
    return fresh


def _check_enterprise(enterprise: OemEnterprise) -> None:
    if getattr(enterprise, "subject_id", None) is None:
        sentence = _("Give the operator; enter it in the register of subjects first.")
        raise Invalid(sentence, fields={"subject": [sentence]})
    enterprise.unit_path = enterprise.subject.unit_path
    enterprise.nice_classes = clean_nice_classes(enterprise.nice_classes)
    if enterprise.since is not None and enterprise.since > timezone.localdate():
        sentence = _("Expected a day until today, found %(day)s.") % {"day": enterprise.since}
        raise Invalid(sentence, fields={"since": [sentence]})
    validate(enterprise)


def _fill_order(order: OemOrder) -> None:
    if getattr(order, "enterprise_id", None) is None:
        sentence = _("Give the OEM processor; enter its filing first.")
        raise Invalid(sentence, fields={"enterprise": [sentence]})
    order.unit_path = order.enterprise.unit_path
    order.number = order.number.strip()
    if order.client is not None and not order.client_name:
        order.client_name = order.client.name
    order.mark_text = " ".join(order.mark_text.split())
    order.nice_classes = clean_nice_classes(order.nice_classes)
    if not order.nice_classes:
        sentence = _("Give at least one Nice class: marks are compared within classes.")
        raise Invalid(sentence, fields={"nice_classes": [sentence]})
    if not order.mark_text:
        sentence = _("Give the mark that goes on the goods.")
        raise Invalid(sentence, fields={"mark_text": [sentence]})
    if getattr(order, "ordered_on", None) is None:
        sentence = _("Give the day of the order.")
        raise Invalid(sentence, fields={"ordered_on": [sentence]})


def _run_check(order: OemOrder) -> None:
    lines = order_check.check(facts_of_order(order))
    order.lines = [line.as_record() for line in lines]
    order.verdict = order_check.worst(lines)
    order.checked_at = timezone.now()


def _raise_doubt(order: OemOrder) -> None:
    """A lead for each new kind of doubt; one that was decided does not come again by itself."""
    doubts = [
        line for line in order.lines if line["verdict"] == "contradiction" or line["code"] in DOUBTS
    ]
    if not doubts:
        return
    words = order_words.told(doubts, order.ordered_on)
    codes = sorted({line["code"] for line in doubts})
    level = "contradiction" if order.verdict == "contradiction" else "missing"
    lead = NewLead(
        key=("oem_order", order.pk, *codes),
        unit_path=order.unit_path,
        title=_("OEM order %(number)s of %(maker)s: mark “%(mark)s”")[:200]
        % {"number": order.number, "maker": order.enterprise, "mark": order.mark_text},
        kind=level,
        score=PROBABILITY[level],
        probability=PROBABILITY[level],
        subject_id=order.enterprise.subject_id,
        reasons=[{"code": line.code, "text": f"{line.text} {line.articles}".strip()}
                 for line in words],
        evidence={"order": order.pk, "mark": order.mark_text, "name": str(order.enterprise)},
    )  # fmt: skip
    actor = SystemActor(f"check of OEM order {order.pk}")
    raise_leads(
        actor, MONITOR, CLAUSE, [lead], method=order_check.METHOD, version=order_check.VERSION
    )
