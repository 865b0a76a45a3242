"""What the programme registers at start-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhixing.apps.programme import indicators
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item

DEED_NAMES = {
    "programme.adopt": _("Programme adopted"),
    "programme_item.assign": _("Put in charge"),
    "programme_item.set_target": _("Target set"),
}


def register() -> None:
    """Called once, when the app is ready."""
    register_figure("programme.items_with_owner_share", indicators.items_with_owner)
    register_figure("programme.duties_with_person_share", indicators.items_with_person)
    name_deeds(DEED_NAMES)
    register_item(
        NavItem(
            "programme",
            _("Programme"),
            "programme:board",
            70,
            "programme.view_programme",
            icon="clipboard-list",
        )
    )
