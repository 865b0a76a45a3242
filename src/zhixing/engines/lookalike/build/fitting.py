"""Fits the decision model: logistic regression whose weights may only point the sensible way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from zhixing.engines.lookalike import align, decision
from zhixing.engines.lookalike.cores import cores
from zhixing.engines.lookalike.guard import Guard

from .imitation import imitations, near_misses
from .pairs import Pair, half_of

ALARMS = 0.0027  # share of ordinary names that may reach 0.5 in a stream, nothing else known
EVERYDAY = 0.02  # weight of imitations of everyday words among all imitations in a stream
BY_RULE, BY_HAND = 0.3, 1.0  # weights of look-alikes made by rule and composed by hand
CHANCE = 100.0  # weight of all that is alike by chance in a stream, against 1 of the imitations:
# it makes the fit look where alarms are rare
_SHRINK = 1e-5  # ridge on standardised weights

Floats = NDArray[np.float64]
Block = tuple[Floats, bool, float]  # features, are imitations, weight among their kind


def read_marks(path: Path) -> list[str]:
    """Words of a text file, without comments, each once, sorted."""
    lines = path.read_text("utf-8").splitlines()
    return sorted({word for line in lines for word in line.split("#", 1)[0].split()})


def fit(
    marks: Sequence[str],
    pairs: Sequence[Pair],
    names: Sequence[str],
    out: Path,
    seed: int,
    say: Callable[[str], None],
) -> None:
    """Fit ``decision.json``: look-alikes against near misses and against what chance brings up.

    Marks of the check half take no part. ``names`` are ordinary trade names: what they have in
    common with ``marks``, other than being the very same, is chance.
    """
    rng = np.random.default_rng(seed)
    used = [mark for mark in marks if half_of(mark) == "fit"]
    fitted = [pair for pair in pairs if pair.half == "fit"]
    made = [(a, b) for _ in range(3) for a, b, _ in imitations(used, rng)]
    good = pair_features(*zip(*made, strict=True))
    hand = _composed(fitted, alike=True)
    near = pair_features(*zip(*near_misses(used, rng), strict=True))
    unlike = _composed(fitted, alike=False)
    drawn, rows = by_chance(marks, names)
    say(
        f"{len(good)} + {len(hand)} imitations, {len(near)} + {len(unlike)} near misses,"
        f" {len(drawn)} pairs by chance"
    )
    pair_blocks = [(good, True, BY_RULE), (hand, True, BY_HAND)]
    pair_blocks += [(near, False, 0.2), (unlike, False, 1.0), (drawn, False, 0.2)]
    pair = _logistic(pair_blocks)
    # An everyday word in a stream is hardly ever a sign of imitation.
    common = good[:, decision.FEATURES.index("common")] > 0
    stream_blocks = [(good[~common], True, BY_RULE), (good[common], True, EVERYDAY)]
    stream_blocks += [(hand, True, BY_HAND), (near, False, 0.02), (unlike, False, 0.02)]
    stream = _logistic([*stream_blocks, (drawn, False, 1.0)], against=CHANCE)
    best = np.full(len(names), -np.inf)
    np.maximum.at(best, rows, drawn @ stream[1])
    stream = (-float(np.quantile(best, 1 - ALARMS)), stream[1])
    stored = {
        "provenance": (
            f"logistic regressions with sign constraints, seed {seed}, on {len(good)} imitations"
            f" made by rule of {len(used)} well-known marks and {len(hand)} composed by hand;"
            f" pair: against {len(near)} + {len(unlike)} near misses and {len(drawn)} pairs that"
            f" {len(names)} ordinary names bring up;"
            f" stream: against the pairs brought up, bias set so that {ALARMS:.2%} of ordinary"
            " names reach 0.5. Marks of the check half took no part."
        ),
        "threshold": 0.5,
        "pair": _stored(pair),
        "stream": _stored(stream),
    }
    out.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _composed(pairs: Sequence[Pair], *, alike: bool) -> Floats:
    chosen = [pair for pair in pairs if pair.alike == alike]
    return pair_features([pair.mark for pair in chosen], [pair.name for pair in chosen])


def by_chance(marks: Sequence[str], names: Sequence[str]) -> tuple[Floats, NDArray[np.int64]]:
    """Features of what ordinary names have in common with marks, and the rows of those names.

    The very same trade name is left out unless it is an everyday word: it may be the mark's owner.
    """
    found = Guard(marks).sweep(names, min_probability=0.0, explain=False)
    values = pair_features(found["mark"].to_pylist(), found["name"].to_pylist())
    rows = found["name_row"].to_numpy()
    same = values[:, decision.FEATURES.index("distance")] == 0
    kept = ~same | (values[:, decision.FEATURES.index("common")] > 0)
    return values[kept], rows[kept]


def _stored(model: tuple[float, Floats]) -> dict[str, float]:
    bias, weights = model
    named = zip(decision.FEATURES, weights.tolist(), strict=True)
    return {"bias": round(bias, 4), **{name: round(weight, 4) for name, weight in named}}


def pair_features(marks: Sequence[str], names: Sequence[str]) -> Floats:
    """The decision features (pairs, features) of marks beside names."""
    a, b = cores(marks), cores(names)
    t, s = align.tables(), align.scratch_of_thread()
    rows = np.zeros((len(marks), len(decision.FEATURES)))
    common, everyday_name = decision.everyday(a), decision.everyday(b)
    same_words = common & (a.words > 0) & (a.words == b.words)
    common, everyday_name = common & ~same_words, everyday_name & ~same_words
    for row in range(len(marks)):
        left, right = a.of(row), b.of(row)
        align.set_profile(right, t, s)
        least = align.cost(left, right, t, s)
        decision.features(left, right, least, common[row], everyday_name[row], t, s, rows[row])
        align.clear_profile(right, t, s)
    return rows


def _logistic(blocks: Sequence[Block], against: float = 1.0) -> tuple[float, Floats]:
    """Bias and weights from blocks; those that are no imitations weigh ``against`` in all."""
    x = np.concatenate([rows for rows, _, _ in blocks])
    y = np.concatenate([np.full(len(rows), alike) for rows, alike, _ in blocks])
    weight = np.concatenate(
        [np.full(len(rows), share / max(1, len(rows))) for rows, _, share in blocks]
    )
    weight = np.where(y, weight / weight[y].sum(), against * weight / weight[~y].sum())
    scale = x.std(axis=0) + 1e-9
    z = x / scale
    target = np.where(y, 1.0, -1.0)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        margin = target * (parameters[0] + z @ parameters[1:])
        value = float(weight @ np.logaddexp(0, -margin))
        value += _SHRINK * float(parameters[1:] @ parameters[1:])
        slope = -target * weight / (1 + np.exp(np.clip(margin, -40, 40)))
        gradient = np.concatenate([[slope.sum()], z.T @ slope])
        gradient[1:] += 2 * _SHRINK * parameters[1:]
        return value, gradient

    bounds = [(None, None)] + [(0, None) if sign > 0 else (None, 0) for sign in decision.SIGNS]
    start = np.zeros(x.shape[1] + 1)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    return float(found.x[0]), found.x[1:] / scale
