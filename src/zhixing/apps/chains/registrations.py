"""What the monitor of chains registers at start-up."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.chains import page, selectors
from zhixing.apps.chains.actions.check_chains import MONITOR, NIGHTLY, check_contract
from zhixing.apps.chains.indicators import chains_checked
from zhixing.apps.chains.models import Label
from zhixing.apps.chains.names import label_source
from zhixing.apps.chains.parties import key_of
from zhixing.apps.leads.api import register_evidence
from zhixing.apps.registry import api as registry
from zhixing.kit.actors import Actor
from zhixing.kit.deeds import Deed, done
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure
from zhixing.kit.jobs.api import register_standing
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.search import search
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "label.create": gettext_lazy("Label entered"),
    "label.update": gettext_lazy("Label changed"),
    "label.confirm": gettext_lazy("Roles confirmed"),
    "label.reread": gettext_lazy("Labels read again"),
    "chains.check": gettext_lazy("Chains checked"),
}
CONTRACT_DEEDS = ("authorisation.create", "authorisation.update")


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.chains.importers")  # the importer makes itself known
    register_evidence(MONITOR, gettext_lazy("Authorisation chains"), "chains/evidence.html")
    register_figure("brands.chains_checked_share", chains_checked)
    name_deeds(DEED_NAMES)
    for key, label, url_name, permission, icon in (
        ("chains", gettext_lazy("Authorisation chains"), "chains:overview",
         "chains.view_label", "sitemap"),
        ("labels", gettext_lazy("Product labels"), "chains:labels", "chains.view_label", "tag"),
    ):  # fmt: skip
        register_item(
            NavItem(key, label, url_name, 42, permission=permission, group="monitors", icon=icon)
        )
    register_search("labels", gettext_lazy("Product labels"), find_labels, order=40)
    register_viewer(
        Label,
        may_view=lambda actor, label: actor.has_perm("chains.view_label", label),
        may_attach=lambda actor, label: actor.has_perm("chains.change_label", label),
    )
    registry.register_section(
        registry.SubjectSection(
            45, "chain", gettext_lazy("Authorisation chain"), "chains/sections/subject.html",
            page.subject_chain,
        )
    )  # fmt: skip
    registry.register_name_source(label_source())
    registry.register_alerts("chains", subject_alerts)
    register_standing(NIGHTLY)
    done.connect(_after, dispatch_uid="chains.contracts")


def _after(sender: object, deed: Deed, **_more: object) -> None:
    """A contract that was entered or changed may bear, or no longer bear, what labels claim."""
    if deed.code in CONTRACT_DEEDS and isinstance(deed.obj, registry.Authorisation):
        check_contract(deed.obj)


def find_labels(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Labels by the words on them, seller or number."""
    if not actor.has_perm("chains.view_label"):
        return []
    found = search(selectors.labels_visible(actor), text).order_by("-seen_on", "-pk")
    return [
        Hit(label.title, label.get_absolute_url(), label.seller_name, str(label.seen_on))
        for label in found[:limit]
    ]


def subject_alerts(actor: Actor, subject: registry.Subject) -> Iterator[registry.Alert]:
    """One line for the most probable finding about the subject's labels."""
    if not actor.has_perm("chains.view_chainfinding"):
        return
    found = selectors.findings_of_party(actor, key_of(subject.name, subject.pk)).first()
    if found is not None:
        sentence = _("Authorisation chain: %(reason)s") % {"reason": found.first_reason}
        yield registry.Alert("warn", sentence, found.get_absolute_url())
