"""How good the rules are and how far readers agree, from what officers decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from zhixing.apps.adverts.families import APPROVAL, family_label
from zhixing.apps.adverts.models import Ad, Finding, Review, ReviewVerdict
from zhixing.apps.adverts.selectors import ads_visible
from zhixing.engines.agreement import Agreement, Recall, cohen_kappa, weighted_recall
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor

DECISIONS = (Finding.Decision.CONFIRMED, Finding.Decision.REJECTED)


@dataclass(frozen=True, slots=True)
class RuleQuality:
    """What officers decided on the findings of one rule of one version."""

    version: str
    rule: str
    family: str
    raised: int
    confirmed: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.confirmed + self.rejected

    @property
    def precision(self) -> float | None:
        """Confirmed among the decided; open findings say nothing yet."""
        return self.confirmed / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the precision."""
        return wilson(self.confirmed, self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class FamilyQuality:
    """Precision and recall of a family of rules under one version."""

    version: str
    family: str
    confirmed: int
    rejected: int
    recall: Recall

    @property
    def label(self) -> str:
        return family_label(self.family)

    @property
    def decided(self) -> int:
        return self.confirmed + self.rejected

    @property
    def precision(self) -> float | None:
        """Confirmed among the decided."""
        return self.confirmed / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the precision."""
        return wilson(self.confirmed, self.decided) if self.decided else None


def rule_quality(actor: Actor) -> list[RuleQuality]:
    """Precision per rule and version of the rules, the least precise first."""
    rows = (
        Finding.objects.filter(ad__in=ads_visible(actor), origin=Finding.Origin.ENGINE)
        .values("ruleset_version", "rule", "family")
        .annotate(
            raised=Count("pk"),
            confirmed=Count("pk", filter=Q(decision=Finding.Decision.CONFIRMED)),
            rejected=Count("pk", filter=Q(decision=Finding.Decision.REJECTED)),
        )
        .order_by()
    )
    found = [
        RuleQuality(
            row["ruleset_version"], row["rule"], family_label(row["family"]), row["raised"],
            row["confirmed"], row["rejected"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=_least_precise)


def _least_precise(row: RuleQuality) -> tuple[Any, ...]:
    return (row.precision is None, row.precision or 0.0, -row.decided, row.rule, row.version)


def family_quality(actor: Actor) -> list[FamilyQuality]:
    """Precision and recall per family and version, from texts that were read to the end.

    What officers added in texts drawn without a finding stands for the texts not drawn.
    """
    decided = Finding.objects.filter(
        ad__in=ads_visible(actor), decision__in=DECISIONS, ad__reading=Ad.Reading.DONE
    ).exclude(family=APPROVAL)
    counts: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    rows = decided.values(
        "ruleset_version", "family", "origin", "decision", "ad__is_sample", "ad__sample_share"
    ).annotate(n=Count("pk"))
    for row in rows.order_by():
        count = counts[(row["ruleset_version"], row["family"])]
        if row["origin"] == Finding.Origin.ENGINE:
            count[row["decision"]] += row["n"]
        elif row["decision"] == Finding.Decision.CONFIRMED:
            share = row["ad__sample_share"] if row["ad__is_sample"] else None
            weight = 1 / share if share else 1.0
            name = "sampled" if row["ad__is_sample"] else "missed"
            count[name] += row["n"] * weight
            count["spread"] += row["n"] * weight**2 if row["ad__is_sample"] else 0.0
    return [_family(version, family, count) for (version, family), count in sorted(counts.items())]


def _family(version: str, family: str, count: dict[str, float]) -> FamilyQuality:
    confirmed = int(count["confirmed"])
    recall = weighted_recall(confirmed, int(count["missed"]), count["sampled"], count["spread"])
    return FamilyQuality(version, family, confirmed, int(count["rejected"]), recall)


@dataclass(frozen=True, slots=True)
class Readers:
    """How far two readers who did not see each other agree.

    Attributes:
        findings: on single findings: confirmed or rejected.
        texts: on whole texts: unlawful or not.
        doubles: texts that two officers have read.
        waiting: texts that wait for the second reader.
        disputed: texts on which they differ and nobody has decided yet.
    """

    findings: Agreement
    texts: Agreement
    doubles: int
    waiting: int
    disputed: int


def readers(actor: Actor) -> Readers:
    """Agreement on the advertisements that the actor sees."""
    visible = ads_visible(actor)
    done = Review.objects.filter(ad__in=visible, finished_at__isnull=False)
    pairs: dict[tuple[int, str], dict[str, Review]] = defaultdict(dict)
    for review in done.exclude(turn=Review.Turn.THIRD):
        pairs[(review.ad_id, review.ruleset_version)][review.turn] = review
    both = [pair for pair in pairs.values() if len(pair) == 2]
    first, second = Review.Turn.FIRST, Review.Turn.SECOND
    texts = [[0, 0], [0, 0]]
    for pair in both:
        texts[not pair[first].is_violating][not pair[second].is_violating] += 1
    return Readers(
        findings=cohen_kappa(_findings([[p[first].pk, p[second].pk] for p in both])),
        texts=cohen_kappa(texts),
        doubles=len(both),
        waiting=visible.filter(reading=Ad.Reading.SECOND).count(),
        disputed=visible.filter(reading=Ad.Reading.DISPUTED).count(),
    )


def _findings(pairs: Sequence[Sequence[int]]) -> list[list[int]]:
    """Answers on the same findings, as a table of first against second reader."""
    said: dict[int, dict[int, str]] = defaultdict(dict)
    keys = [pk for pair in pairs for pk in pair]
    rows = ReviewVerdict.objects.filter(review__in=keys)
    for review, finding, decision in rows.values_list("review", "finding", "decision"):
        said[review][finding] = decision
    table = [[0, 0], [0, 0]]
    for first, second in pairs:
        for finding, decision in said[first].items():
            other = said[second].get(finding)
            if other is not None:
                table[DECISIONS.index(Finding.Decision(decision))][
                    DECISIONS.index(Finding.Decision(other))
                ] += 1
    return table
