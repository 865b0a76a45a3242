"""What a bureau decides about an item: who is in charge, and another target."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.accounts.api import Officer, OrgUnit
from zhixing.apps.programme.models import ItemSetting, Programme
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.reasons import stated
from zhixing.kit.scope import is_within
from zhixing.law.errors import UnknownCode
from zhixing.law.programme import Item


@transaction.atomic
def assign_item_owner(
    actor: Actor,
    programme: Programme,
    code: str,
    *,
    unit: OrgUnit | None,
    officer: Officer | None,
    reason: str,
    note: str = "",
) -> ItemSetting:
    """Put an office, an officer or both in charge of an item; neither takes the charge back.

    Raises:
        Refused: the actor neither leads nor heads the bureau.
        Invalid: no reason, an unknown item, or somebody who is not of this bureau.
    """
    setting = _setting(actor, programme, code)
    for given in (unit, officer):
        path = (
            "" if given is None else given.path if isinstance(given, OrgUnit) else given.unit_path
        )
        if given is not None and not is_within(path, [programme.unit_path]):
            raise Invalid(_("%(who)s is not of this bureau.") % {"who": given})
    if officer is not None and not officer.is_active:
        raise Invalid(_("The account of %(who)s is locked.") % {"who": officer})
    with deed(actor, "programme_item.assign", setting, reason=stated(reason)) as act:
        if (setting.owner_unit, setting.owner_officer) != (unit, officer):
            setting.owner_unit, setting.owner_officer = unit, officer
            setting.owned_since = timezone.localdate() if setting.is_owned else None
        setting.note = note.strip()
        setting.save()
        act.obj = setting
    return setting


@transaction.atomic
def set_item_target(
    actor: Actor, programme: Programme, code: str, *, target: float | None, reason: str
) -> ItemSetting:
    """Set the bureau's own target of an item; None goes back to the programme's.

    Args:
        target: in the indicator's unit; a share in [0, 1].

    Raises:
        Refused: the actor neither leads nor heads the bureau.
        Invalid: no reason, an item without a figure, or a target outside the unit's range.
    """
    setting = _setting(actor, programme, code)
    indicator = _item(programme, code).indicator
    if indicator is None:
        raise Invalid(_("This item has no figure, so it can have no target."))
    unit = programme.text.indicator(indicator).unit
    if target is not None and (target < 0 or (unit == "share" and target > 1)):
        limit = _("0 to 100 percent") if unit == "share" else _("0 or more")
        raise Invalid(_("Expected %(range)s.") % {"range": limit}, fields={"target": [limit]})
    told = stated(reason)
    with deed(actor, "programme_item.set_target", setting, reason=told) as act:
        setting.target, setting.target_reason = target, told if target is not None else ""
        setting.save()
        act.obj = setting
    return setting


def _setting(actor: Actor, programme: Programme, code: str) -> ItemSetting:
    """The item's row, locked if there is one, else a new one not yet saved."""
    require(actor, "programme.change_item", programme)
    _item(programme, code)
    rows = ItemSetting.objects.select_for_update().filter(programme=programme, item_code=code)
    return rows.first() or ItemSetting(programme=programme, item_code=code)


def _item(programme: Programme, code: str) -> Item:
    try:
        return programme.text.item(code)
    except UnknownCode as error:
        raise Invalid(_("The programme has no item “%(code)s”.") % {"code": code}) from error
