"""The figures of the guard's first page, each with the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from zhixing.apps.brands.models import Hit, JudgedName, NameKind, Sweep, WatchedMark
from zhixing.apps.brands.selectors import hits_visible, marks_watched_for, sweeps_visible
from zhixing.kit.actors import Actor, require
from zhixing.kit.register.paging import BoundedCount, bounded_count


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word, and the list it counts."""

    label: str | Promise
    number: int
    url: str


@dataclass(slots=True)
class Overview:
    """What one office sees of the guard."""

    watched: list[Figure] = field(default_factory=list)
    judged: BoundedCount = field(default_factory=lambda: BoundedCount(0, False))
    due_brands: int = 0
    due_url: str = ""
    running: Sweep | None = None
    last: Sweep | None = None
    by_kind: list[Figure] = field(default_factory=list)
    by_channel: list[Figure] = field(default_factory=list)
    left_alone: list[Figure] = field(default_factory=list)

    @property
    def brands(self) -> int:
        """How many brands are watched for the area."""
        return sum(figure.number for figure in self.watched)


def overview(actor: Actor) -> Overview:
    """The figures of the actor's own area; the week begins on Monday."""
    require(actor, "brands.view_sweep")
    path, today = actor.unit_path, timezone.localdate()
    marks = marks_watched_for(path)
    monday = today - timedelta(days=today.weekday())
    judged = JudgedName.objects.visible_to(actor).filter(judged_at__date__gte=monday)
    sweeps = sweeps_visible(actor)
    done = sweeps.filter(finished_at__isnull=False, changed_since=None).first()
    swept = done.revision if done else 0
    hits = hits_visible(actor).select_related(None)
    standing = hits.filter(standing=Hit.Standing.LEAD)
    return Overview(
        watched=_figures(marks, "protection", WatchedMark.Protection.choices, "watch-list"),
        judged=bounded_count(judged),
        due_brands=marks.filter(revision__gt=swept).count(),
        due_url=f"{reverse('brands:watch-list')}?{urlencode({'since_revision': swept})}",
        running=sweeps.filter(finished_at=None, job__state__in=("waiting", "running")).first(),
        last=done,
        by_kind=_figures(standing, "name_kind", NameKind.choices, "hits", standing="lead"),
        by_channel=_figures(standing, "channel", Hit.Channel.choices, "hits", standing="lead"),
        left_alone=_figures(
            hits.filter(standing=Hit.Standing.EXCLUDED), "ground", Hit.Ground.choices, "hits",
            standing="excluded",
        ),
    )  # fmt: skip


def _figures(
    rows: QuerySet[Any], column: str, choices: Iterable[tuple[Any, Any]], slug: str, **fixed: str
) -> list[Figure]:
    """How many rows there are by the values of a column, in the order of its choices."""
    counts = dict(rows.order_by().values_list(column).annotate(n=Count("pk")))
    address = reverse(f"brands:{slug}")
    return [
        Figure(label, counts[value], f"{address}?{urlencode({column: value, **fixed})}")
        for value, label in choices
        if counts.get(value)
    ]
