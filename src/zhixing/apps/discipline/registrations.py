"""What ad discipline registers at start-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.discipline import indicators, page
from zhixing.apps.discipline.duties import duties
from zhixing.apps.discipline.models import Dispatch, Sanction, Training, TrainingCall
from zhixing.apps.media.api import register_medium_section
from zhixing.kit.actors import Actor
from zhixing.kit.duties import register_duties
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.papers.api import register_forms
from zhixing.kit.register import Section

DEED_NAMES = {
    "sanction.propose": _("Measure proposed"),
    "sanction.notice": _("Notice given"),
    "sanction.reply": _("Reply entered"),
    "sanction.submit": _("Put before the leader"),
    "sanction.approve": _("Measure approved"),
    "sanction.refuse": _("Measure refused"),
    "sanction.issue": _("Measure issued"),
    "sanction.tell": _("Authority told"),
    "sanction.answer": _("Answer of the authority"),
    "sanction.publish": _("Measure published"),
    "sanction.rectified": _("Rectification entered"),
    "sanction.lift": _("Measure lifted"),
    "sanction.drop": _("Proposal dropped"),
    "dispatch.send": _("Suspected ad sent on"),
    "dispatch.accept": _("Acknowledged"),
    "dispatch.return": _("Returned: not competent"),
    "dispatch.answer": _("Feedback given"),
    "dispatch.withdraw": _("Withdrawn"),
    "bulletin.make": _("Month counted"),
    "bulletin.change": _("Remarks changed"),
    "bulletin.count": _("Counted anew"),
    "bulletin.issue": _("Monthly paper issued"),
    "training.list": _("Put on the training list"),
    "training.plan": _("Session planned"),
    "training.change": _("Session changed"),
    "training.invite": _("Invited to a session"),
    "training.hold": _("Session held"),
    "training.attend": _("Attendance entered"),
    "training.excuse": _("Taken off the list"),
}
PART = "discipline/parts"


def register() -> None:
    """Called once, when the app is ready."""
    from zhixing.apps.adverts.api import register_ad_section

    register_forms(Path(__file__).with_name("paper_forms"))
    name_deeds(DEED_NAMES)
    for model, noun, change in (
        (Sanction, "sanction", "change_sanction"),
        (Dispatch, "dispatch", "answer_dispatch"),
        (Training, "training", "change_training"),
        (TrainingCall, "trainingcall", "change_trainingcall"),
    ):
        _open_evidence(model, f"discipline.view_{noun}", f"discipline.{change}")
    register_medium_section(
        Section(60, "discipline", _("Measures"), f"{PART}/history.html", page.of_medium)
    )
    register_ad_section(Section(60, "dispatch", _("Sent on to"), f"{PART}/sent.html", page.of_ad))
    indicators.register()
    register_duties("discipline", duties)
    for key, label, url_name, permission, icon in (
        ("ad-rates", _("Ad violation rates"), "home", "view_rates", "chart-bar"),
        ("ad-measures", _("Measures on media"), "sanctions", "view_sanction", "gavel"),
        ("ad-dispatch", _("Suspected ads sent on"), "dispatches", "view_dispatch", "send"),
        ("ad-papers", _("Monthly papers"), "bulletins", "view_bulletin", "report"),
        ("ad-training", _("Training list"), "calls", "view_trainingcall", "users"),
    ):
        register_item(
            NavItem(
                key, label, f"discipline:{url_name}", 52, group="actions", icon=icon,
                permission=f"discipline.{permission}",
            )
        )  # fmt: skip


def _open_evidence(model: type[Any], view: str, change: str) -> None:
    """Evidence of a row is seen by whoever sees the row, and added by whoever changes it."""

    def may_view(actor: Actor, row: Any) -> bool:
        return actor.has_perm(view, row)

    def may_attach(actor: Actor, row: Any) -> bool:
        return actor.has_perm(change, row)

    register_viewer(model, may_view=may_view, may_attach=may_attach)
