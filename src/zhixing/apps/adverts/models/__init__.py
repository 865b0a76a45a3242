"""Advertisements, where they appeared, their approvals, what was found and how it was read."""

from zhixing.apps.adverts.models.access import CaptureKey
from zhixing.apps.adverts.models.ad import Ad, AdBand
from zhixing.apps.adverts.models.approval import Approval
from zhixing.apps.adverts.models.capture import Capture, Source, WatchedFolder
from zhixing.apps.adverts.models.finding import Finding
from zhixing.apps.adverts.models.placement import Placement
from zhixing.apps.adverts.models.review import Review, ReviewPlan, ReviewVerdict

__all__ = [
    "Ad",
    "AdBand",
    "Approval",
    "Capture",
    "CaptureKey",
    "Finding",
    "Placement",
    "Review",
    "ReviewPlan",
    "ReviewVerdict",
    "Source",
    "WatchedFolder",
]
