"""What other apps may use of advertisements."""

from zhixing.apps.adverts.actions.capture_ads import Seen, capture
from zhixing.apps.adverts.actions.keep_ads import update_ad
from zhixing.apps.adverts.actions.keep_approvals import create_approval, update_approval
from zhixing.apps.adverts.actions.plan_reviews import plan_reviews
from zhixing.apps.adverts.actions.read_ads import finish_reading, to_decide, turn_of
from zhixing.apps.adverts.actions.screen_ads import start_screening
from zhixing.apps.adverts.categories import category_choices, category_label
from zhixing.apps.adverts.families import FOCUS, family_label
from zhixing.apps.adverts.models import Ad, Approval, Capture, Finding, Placement, Source
from zhixing.apps.adverts.page import disguise_label
from zhixing.apps.adverts.rates import RateRow, Share, Sizes, rate_rows, violations_of_medium
from zhixing.apps.adverts.rest import router
from zhixing.apps.adverts.screening import Asked, articles_in_words, screen
from zhixing.apps.adverts.sections import register_ad_section
from zhixing.apps.adverts.selectors import (
    ads_visible,
    approvals_visible,
    placements_visible,
    queue_of,
)

__all__ = [
    "FOCUS",
    "Ad",
    "Approval",
    "Asked",
    "Capture",
    "Finding",
    "Placement",
    "RateRow",
    "Seen",
    "Share",
    "Sizes",
    "Source",
    "ads_visible",
    "approvals_visible",
    "articles_in_words",
    "capture",
    "category_choices",
    "category_label",
    "create_approval",
    "disguise_label",
    "family_label",
    "finish_reading",
    "placements_visible",
    "plan_reviews",
    "queue_of",
    "rate_rows",
    "register_ad_section",
    "router",
    "screen",
    "start_screening",
    "to_decide",
    "turn_of",
    "update_ad",
    "update_approval",
    "violations_of_medium",
]
