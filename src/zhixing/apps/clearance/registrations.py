"""What the search before filing registers at start-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item

DEED_NAMES = {"search_report.make": _("Search report made")}


def register() -> None:
    """Called once, when the app is ready."""
    name_deeds(DEED_NAMES)
    register_item(
        NavItem(
            "mark-search",
            _("Mark search"),
            "clearance:search",
            42,
            permission="clearance.search_marks",
            group="monitors",
            icon="file-search",
        )
    )
