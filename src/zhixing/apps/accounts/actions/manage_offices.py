"""Deeds on offices: open, close with a successor."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from zhixing.apps.accounts.models import OrgUnit, Region
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.reasons import stated


def open_office(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: str,
    parent: OrgUnit | None,
    opened_on: date,
    region: Region | None = None,
) -> OrgUnit:
    """Open a bureau or office below its parent.

    Raises:
        Refused: the actor is no administrator of the parent.
        Invalid: the code is taken or holds other than letters and digits.
        Conflict: the parent is closed on that day.
    """
    require(actor, "accounts.change_orgunit", parent)
    if parent is None:
        _require_whole_bureau(actor)
    if not (code.isascii() and code.isalnum()) or OrgUnit.objects.filter(code=code).exists():
        raise Invalid(
            _("Office code “%(code)s”: expected letters and digits not in use yet.")
            % {"code": code},
            fields={"code": [_("taken or malformed")]},
        )
    if parent is not None and not parent.is_open(opened_on):
        raise Conflict(_("%(parent)s is closed on %(day)s.") % {"parent": parent, "day": opened_on})
    with deed(actor, "office.open") as act:
        act.obj = unit = OrgUnit.objects.create(
            code=code,
            name=name,
            kind=kind,
            parent=parent,
            path=f"{parent.path if parent else ''}{code}/",
            region=region,
            opened_on=opened_on,
        )
    return unit


def close_office(
    actor: Actor, unit: OrgUnit, *, on: date, successor: OrgUnit | None, reason: str
) -> OrgUnit:
    """Close an office on its last day; its rows and history stay where they were.

    Whoever works at the successor from then on sees the rows of the closed office too.

    Raises:
        Refused: the actor does not administer both the office and its successor.
        Invalid: no reason.
        Conflict: it is closed already, was not open on the day, still has open offices below, or
            its successor is itself or closed.
    """
    require(actor, "accounts.change_orgunit", unit)
    if unit.closed_on is not None:
        raise Conflict(_("%(unit)s is closed already.") % {"unit": unit})
    if on < unit.opened_on:
        raise Conflict(_("An office cannot close before it opened."))
    if unit.children.filter(closed_on__isnull=True).exists():
        raise Conflict(_("Close the offices below %(unit)s first.") % {"unit": unit})
    if successor is not None:
        require(actor, "accounts.change_orgunit", successor)
        if successor.pk == unit.pk:
            raise Conflict(_("An office cannot succeed itself."))
        if successor.closed_on is not None:
            raise Conflict(_("%(unit)s is closed already.") % {"unit": successor})
    with deed(actor, "office.close", unit, reason=stated(reason)):
        unit.closed_on = on
        unit.successor = successor
        unit.save(update_fields=["closed_on", "successor"])
    return unit


def _require_whole_bureau(actor: Actor) -> None:
    """A unit without a parent is a bureau of its own: only the platform itself sets one up."""
    if "" not in actor.scope_paths:
        raise Refused(_("Choose the bureau that the new office belongs to."))
