"""What other apps may use of precedents."""

from zhixing.apps.precedents.actions.draft_from_lead import draft_from_lead
from zhixing.apps.precedents.actions.keep_precedents import (
    change_precedent,
    enter_precedent,
    publish_precedent,
    withdraw_precedent,
)
from zhixing.apps.precedents.models import Precedent
from zhixing.apps.precedents.selectors import LikeCase, LikeCases, like_cases, precedents_visible

__all__ = [
    "LikeCase",
    "LikeCases",
    "Precedent",
    "change_precedent",
    "draft_from_lead",
    "enter_precedent",
    "like_cases",
    "precedents_visible",
    "publish_precedent",
    "withdraw_precedent",
]
