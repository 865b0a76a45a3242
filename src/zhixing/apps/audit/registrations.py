"""What the audit registers at start-up: the book itself, navigation, words for deeds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhixing.apps.audit import record, selectors
from zhixing.kit import deeds, history
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item

DEED_NAMES = {
    "audit.export_proof": _("Proof bundle taken"),
    "personal_data.read": _("Personal data read unmasked"),
}


def register() -> None:
    """Called once, when the app is ready."""
    deeds.register_recorder(record.write)
    history.register_reader(selectors.entries_for)
    history.name_deeds(DEED_NAMES)
    for key, label, url_name, icon in (
        ("audit", _("Audit"), "audit:entries", "book"),
        ("audit-check", _("Check of the audit chain"), "audit:check", "shield-check"),
    ):
        register_item(
            NavItem(key, label, url_name, 86, "audit.view_auditentry", group="more", icon=icon)
        )
