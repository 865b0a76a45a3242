"""What the monitor of advertisements registers at start-up."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy

from zhixing.apps.adverts import page
from zhixing.apps.adverts.actions.lead_ads import MONITOR
from zhixing.apps.adverts.listening import listen
from zhixing.apps.adverts.models import Ad, Capture
from zhixing.apps.adverts.selectors import ads_visible
from zhixing.apps.leads.api import register_evidence
from zhixing.apps.media.api import register_day_section, register_medium_section
from zhixing.kit.actors import Actor
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.register import Section
from zhixing.kit.search import search
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "ad.capture": gettext_lazy("Advertisements captured"),
    "ad.crawl": gettext_lazy("Pages of a crawl kept"),
    "folder.watch": gettext_lazy("Folder watched"),
    "folder.switch": gettext_lazy("Watching of a folder switched"),
    "folder.look": gettext_lazy("Folder looked at"),
    "folder.take": gettext_lazy("File of a folder taken"),
    "key.make": gettext_lazy("Key for programs made"),
    "key.withdraw": gettext_lazy("Key for programs withdrawn"),
    "ad.update": gettext_lazy("Advertisement changed"),
    "ad.screen": gettext_lazy("Advertisements screened"),
    "ad.review": gettext_lazy("Reading finished"),
    "ad.reopen": gettext_lazy("Reading taken back"),
    "finding.add": gettext_lazy("Finding added"),
    "finding.remove": gettext_lazy("Added finding removed"),
    "review.plan": gettext_lazy("Shares of second readings set"),
    "approval.create": gettext_lazy("Approval entered"),
    "approval.update": gettext_lazy("Approval changed"),
}
ITEMS = (
    ("ad-watch", gettext_lazy("Ad watch"), "adverts:home", "adverts.view_ad", "speakerphone"),
    ("ad-desk", gettext_lazy("Review desk"), "adverts:desk", "adverts.review_ad", "eye"),
)


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.adverts.importers")  # the importers make themselves known
    listen()
    register_evidence(MONITOR, gettext_lazy("Advertisements"), "adverts/evidence.html")
    name_deeds(DEED_NAMES)
    for key, label, url_name, permission, icon in ITEMS:
        register_item(
            NavItem(key, label, url_name, 44, permission=permission, group="monitors", icon=icon)
        )
    register_search("ads", gettext_lazy("Advertisements"), find_ads, order=44)
    register_viewer(
        Ad,
        may_view=lambda actor, ad: actor.has_perm("adverts.view_ad", ad),
        may_attach=lambda actor, ad: actor.has_perm("adverts.change_ad", ad),
    )
    register_viewer(
        Capture,
        may_view=lambda actor, row: actor.has_perm("adverts.view_capture", row),
        may_attach=lambda actor, row: actor.has_perm("adverts.capture_ad", row),
    )
    template = "adverts/sections/placements.html"
    label = gettext_lazy("Advertisements")
    register_medium_section(Section(20, "placements", label, template, page.of_medium))
    register_day_section(Section(20, "placements", label, template, page.of_day))


def find_ads(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Advertisements by their words, product, advertiser or approval number."""
    if not actor.has_perm("adverts.view_ad"):
        return []
    found = search(ads_visible(actor), text).order_by("-score", "-pk")
    return [
        Hit(str(ad), ad.get_absolute_url(), ad.advertiser_name, str(ad.last_seen or ""))
        for ad in found[:limit]
    ]
