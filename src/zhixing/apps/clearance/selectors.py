"""Questions about reports and pictures."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from zhixing.apps.clearance.models import SearchReport
from zhixing.apps.registry.api import TradeMark, marks_published, marks_searchable
from zhixing.kit.actors import Actor, require


def reports_visible(actor: Actor) -> QuerySet[SearchReport]:
    """The reports of the actor's offices; those of the public site belong to the bureau."""
    require(actor, "clearance.view_searchreport")
    return SearchReport.objects.visible_to(actor).select_related("made_by")


def public_reports() -> QuerySet[SearchReport]:
    """Reports made on the public site that still open; who knows the token of one may read it."""
    made = SearchReport.objects.filter(origin=SearchReport.Origin.PUBLIC).exclude(token="")
    return made.filter(open_until__gte=timezone.localdate())


def pictured_marks(actor: Actor) -> QuerySet[TradeMark]:
    """Marks whose figure the actor may see in a result."""
    return marks_searchable(actor).filter(image__isnull=False)


def pictured_marks_published() -> QuerySet[TradeMark]:
    """Marks whose figure anybody may see."""
    return marks_published().filter(image__isnull=False)
