"""What papers register at start-up."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhixing.kit.actors import Actor
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.papers.models import Paper


def register() -> None:
    """Called once, when the kit is ready."""

    def may_view(actor: Actor, paper: models.Model) -> bool:
        return actor.has_perm("kit.view_paper", paper)

    def may_attach(actor: Actor, paper: models.Model) -> bool:
        return actor.has_perm("kit.add_paper", paper)

    register_viewer(Paper, may_view=may_view, may_attach=may_attach)
    name_deeds(
        {
            "paper.draft": _("Paper drafted"),
            "paper.revise": _("Paper made anew"),
            "paper.issue": _("Paper issued"),
            "paper.withdraw": _("Paper withdrawn"),
        }
    )
    register_item(
        NavItem(
            "papers", _("Papers"), "papers:papers", 92, group="more", icon="file-text",
            permission="kit.view_paper",
        )
    )  # fmt: skip
