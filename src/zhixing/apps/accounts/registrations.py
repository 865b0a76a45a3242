"""What accounts register at start-up: office names, navigation, words for deeds."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.models import OrgUnit
from zhixing.apps.accounts.selectors import unit_names
from zhixing.kit.deeds import Deed, done
from zhixing.kit.history import name_deeds
from zhixing.kit.jobs.api import end_standing, put_all_standing
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.scope import register_office_names

DEED_NAMES = {
    "office.open": _("Office opened"),
    "office.close": _("Office closed"),
    "officer.create": _("Account opened"),
    "officer.assign_role": _("Role given"),
    "officer.end_role": _("Role ended"),
    "officer.lock": _("Account locked"),
    "officer.unlock": _("Account unlocked"),
    "officer.lift_sign_in_lock": _("Sign-in lock lifted"),
}

# Offices whose area is looked at every night; a field office's is part of its bureau's.
BUREAUS = (OrgUnit.Kind.CITY, OrgUnit.Kind.COUNTY)


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.accounts.importers")  # the importer makes itself known
    register_office_names(unit_names)
    name_deeds(DEED_NAMES)
    for key, label, permission, icon in (
        ("offices", _("Offices"), "accounts.view_orgunit", "building-bank"),
        ("officers", _("Officers"), "accounts.view_officer", "users"),
    ):
        register_item(
            NavItem(key, label, f"accounts:{key}", 82, permission, group="more", icon=icon)
        )
    done.connect(_after, sender=Deed, dispatch_uid="accounts.standing")


def _after(deed: Deed, **_signal: object) -> None:
    """What comes round by itself begins with a bureau and ends with it."""
    unit = deed.obj
    if deed.code == "office.open" and isinstance(unit, OrgUnit) and unit.kind in BUREAUS:
        put_all_standing(unit.path)
    if deed.code == "office.close" and isinstance(unit, OrgUnit):
        end_standing(unit.path)
