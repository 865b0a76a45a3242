"""What accounts register at start-up: office names, navigation, words for deeds."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.selectors import unit_names
from zhixing.kit.history import name_deeds
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
