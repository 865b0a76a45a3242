"""Which advertisements are read twice, and which are read though nothing was found in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from zhixing.apps.adverts.leading import double_share, sample_share
from zhixing.apps.adverts.models import ReviewPlan
from zhixing.engines.draw import is_drawn
from zhixing.kit.scope import with_offices_above


@dataclass(frozen=True, slots=True)
class Plan:
    """Shares and the seed they are drawn by."""

    double_share: float
    sample_share: float
    seed: str

    def is_double(self, text_key: str) -> bool:
        """Whether the advertisement is read by two officers."""
        return is_drawn(self.seed, f"double|{text_key}", self.double_share)

    def is_sample(self, text_key: str) -> bool:
        """Whether it is read though nothing was found."""
        return is_drawn(self.seed, f"sample|{text_key}", self.sample_share)


def plan_of(unit_path: str) -> Plan:
    """The plan of the nearest office that set one, else the shares of the law table."""
    above = with_offices_above(unit_path)
    rows = ReviewPlan.objects.filter(unit_path__in=above, since__lte=timezone.now())
    kept = max(rows, key=lambda row: (len(row.unit_path), row.since, row.pk), default=None)
    if kept is not None:
        return Plan(kept.double_share, kept.sample_share, kept.seed)
    today = timezone.localdate()
    return Plan(double_share(today), sample_share(today), "zhixing")
