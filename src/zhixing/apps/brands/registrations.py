"""What the brand guard registers at start-up."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands import indicators, listening, selectors
from zhixing.apps.brands.actions.record_findings import MONITOR
from zhixing.apps.brands.actions.schedule_sweeps import NIGHTLY
from zhixing.apps.brands.models import NameKind, Sighting
from zhixing.apps.brands.sections import hits_section
from zhixing.apps.leads.api import register_evidence
from zhixing.apps.registry.api import register_name_section
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure, register_rounds
from zhixing.kit.jobs.api import register_standing
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.register import Section

DEED_NAMES = {
    "watched_mark.add": _("Put on the watch list"),
    "watched_mark.change": _("Watch list changed"),
    "sighting.record": _("Sighting recorded"),
    "sighting.change": _("Sighting changed"),
    "names.judge": _("Names judged"),
    "sweep.start": _("Sweep started"),
    "sweep.finish": _("Sweep finished"),
}


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.brands.importers")  # importers make themselves known
    register_evidence(MONITOR, _("Look-alike names"), "brands/evidence.html")
    for code, function in indicators.FIGURES.items():
        register_figure(code, function)
    register_rounds("brands.sweep", indicators.sweeps_held)
    name_deeds(DEED_NAMES)
    register_viewer(
        Sighting,
        may_view=selectors.may_see_sighting,
        may_attach=lambda actor, sighting: actor.has_perm("brands.change_sighting", sighting),
    )
    for key, label, url_name, permission, icon in (
        ("brands", _("Brand guard"), "brands:home", "brands.view_sweep", "radar"),
        ("check", _("Check a name"), "brands:check", "brands.add_sighting", "search"),
        ("watch-list", _("Watch list"), "brands:watch-list", "brands.view_watchedmark", "shield"),
        ("sightings", _("Sightings"), "brands:sightings", "brands.view_sighting", "eye"),
    ):
        register_item(
            NavItem(key, label, url_name, 40, permission=permission, group="monitors", icon=icon)
        )
    register_name_section(
        NameKind.LABEL.value,
        Section(25, "verdict", _("Like what"), "brands/parts/hits.html", hits_section),
    )
    register_standing(NIGHTLY)
    listening.listen()
