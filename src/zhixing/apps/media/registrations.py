"""What the register of media registers at start-up."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy

from zhixing.apps.media.models import Medium, MediumDay
from zhixing.apps.media.selectors import media_visible
from zhixing.kit.actors import Actor
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.search import search
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "medium.create": gettext_lazy("Medium entered"),
    "medium.update": gettext_lazy("Medium changed"),
    "medium.status": gettext_lazy("Status of the medium set"),
    "round.create": gettext_lazy("Round planned"),
    "round.update": gettext_lazy("Round changed"),
    "round.start": gettext_lazy("Round drawn or opened"),
    "round.choose": gettext_lazy("Days chosen"),
    "round.record": gettext_lazy("Monitoring recorded"),
    "round.close": gettext_lazy("Round closed"),
}


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.media.importers")  # the importer makes itself known
    name_deeds(DEED_NAMES)
    for key, label, url_name, permission, icon in (
        ("media", gettext_lazy("Media"), "media:media", "media.view_medium", "news"),
        ("rounds", gettext_lazy("Monitoring rounds"), "media:rounds", "media.view_round", "radar"),
    ):
        register_item(
            NavItem(key, label, url_name, 45, permission=permission, group="monitors", icon=icon)
        )
    register_search("media", gettext_lazy("Media"), find_media, order=45)
    for model in (Medium, MediumDay):
        register_viewer(
            model,
            may_view=lambda actor, row: actor.has_perm("media.view_medium", row),
            may_attach=lambda actor, row: actor.has_perm("media.change_medium", row),
        )


def find_media(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Media by name, operator or address."""
    if not actor.has_perm("media.view_medium"):
        return []
    found = search(media_visible(actor), text).order_by("name", "pk")
    return [
        Hit(m.name, m.get_absolute_url(), m.operator_name, str(m.get_kind_display()))
        for m in found[:limit]
    ]
