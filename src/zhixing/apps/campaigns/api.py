"""What other apps may use of campaigns."""

from zhixing.apps.campaigns.actions.run_campaign import (
    change_campaign,
    close_campaign,
    enter_campaign,
    set_target,
    start_campaign,
)
from zhixing.apps.campaigns.models import Campaign, Target
from zhixing.apps.campaigns.selectors import campaigns_held, campaigns_visible
from zhixing.apps.campaigns.tallies import tally

__all__ = [
    "Campaign",
    "Target",
    "campaigns_held",
    "campaigns_visible",
    "change_campaign",
    "close_campaign",
    "enter_campaign",
    "set_target",
    "start_campaign",
    "tally",
]
