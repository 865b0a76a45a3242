"""What campaigns register at start-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhixing.apps.campaigns import indicators, selectors
from zhixing.kit.actors import Actor
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure, register_rounds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "campaign.enter": _("Campaign planned"),
    "campaign.change": _("Plan changed"),
    "campaign.set_target": _("Target set"),
    "campaign.drop_target": _("Target removed"),
    "campaign.start": _("Campaign started"),
    "campaign.close": _("Campaign closed, figures frozen"),
}


def register() -> None:
    """Called once, when the app is ready."""
    register_item(
        NavItem(
            "campaigns", _("Campaigns"), "campaigns:campaigns", 50,
            permission="campaigns.view_campaign", group="actions", icon="flag",
        )
    )  # fmt: skip
    register_search("campaigns", _("Campaigns"), find_campaigns, order=70)
    register_figure("campaigns.decided_share", indicators.campaign_leads_decided)
    register_rounds("campaigns.unfair_competition", indicators.campaigns_as_rounds)
    name_deeds(DEED_NAMES)


def find_campaigns(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Campaigns whose title holds the words."""
    found = selectors.campaigns_visible(actor).filter(title__contains=text.strip())
    return [
        Hit(row.title, row.get_absolute_url(), row.purpose[:80], row.get_state_display())
        for row in found[:limit]
    ]
