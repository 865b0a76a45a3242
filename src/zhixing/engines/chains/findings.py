"""What a check answers, and the weight of each kind of finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhixing.engines.types import MethodRef, Reason

METHOD = MethodRef("chains.links", "2")

# Chance that a finding of the kind is worth an officer's work, for an overseas and for a domestic
# lender of the name. Expert figures of this project; dispositions will show what they are worth.
WEIGHTS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "gap": (0.65, 0.25),
        "no_factory": (0.55, 0.2),
        "expired": (0.6, 0.4),
        "lapsed": (0.35, 0.2),
        "not_begun": (0.55, 0.4),
        "mark_dead": (0.6, 0.5),
        "not_holder": (0.65, 0.5),
        "beyond_mark": (0.35, 0.3),
        "contradicting_licensors": (0.55, 0.4),
        "contradicting_factories": (0.3, 0.2),
        "contract_contradicts": (0.6, 0.45),
        "territory": (0.45, 0.35),
        "goods": (0.35, 0.3),
        "export_only": (0.75, 0.7),
        "hub": (0.5, 0.2),
        "lookalike": (0.5, 0.5),
        "cycle": (0.4, 0.3),
    }
)
KINDS = tuple(WEIGHTS)
# Labels a finding names; it counts the others.
LABELS_NAMED = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One suspicion about a link of a chain.

    Attributes:
        kind: one of `KINDS`.
        key: what makes it the same finding in the next run.
        lender, factory: keys of the parties concerned, empty where there is none.
        labels: the latest labels concerned, at most `LABELS_NAMED`; `label_count` counts all.
    """

    kind: str
    key: tuple[str, ...]
    probability: float
    reasons: tuple[Reason, ...]
    labels: tuple[int, ...]
    label_count: int
    contracts: tuple[int, ...] = ()
    lender: str = ""
    factory: str = ""


def found(
    kind: str,
    key: Iterable[str],
    text: str,
    labels: Iterable[int],
    *,
    overseas: bool,
    contracts: Iterable[int] = (),
    lender: str = "",
    factory: str = "",
    probability: float | None = None,
    more: Iterable[Reason] = (),
) -> Finding:
    """A finding with its sentence first; the weight of its kind unless a probability is given."""
    all_labels = sorted(set(labels), reverse=True)
    weight = WEIGHTS[kind][0 if overseas else 1] if probability is None else probability
    named = tuple(all_labels[:LABELS_NAMED])
    numbers = tuple(contracts)
    reason = Reason(kind, text, weight, {"labels": list(named), "contracts": list(numbers)})
    return Finding(
        kind,
        (kind, *key),
        weight,
        (reason, *more),
        named,
        len(all_labels),
        numbers,
        lender,
        factory,
    )
