"""What the brand guard registers at start-up."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands import indicators
from zhixing.apps.brands.actions.sweep_names import MONITOR
from zhixing.apps.leads.api import register_evidence
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure, register_rounds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item

DEED_NAMES = {
    "watched_mark.add": _("Put on the watch list"),
    "watched_mark.change": _("Watch list changed"),
    "sweep.start": _("Sweep started"),
    "sweep.finish": _("Sweep finished"),
}


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.brands.importers")  # the importer makes itself known
    register_evidence(MONITOR, _("Look-alike names"), "brands/evidence.html")
    register_figure("brands.leads_decided_share", indicators.lookalike_leads_decided)
    register_rounds("brands.sweep", indicators.sweeps_held)
    name_deeds(DEED_NAMES)
    for key, label, url_name, permission, icon in (
        ("sweeps", _("Brand guard"), "brands:sweeps", "brands.view_sweep", "radar"),
        ("watch-list", _("Watch list"), "brands:watch-list", "brands.view_watchedmark", "shield"),
    ):
        register_item(
            NavItem(key, label, url_name, 40, permission=permission, group="monitors", icon=icon)
        )
