"""Fits the decision model: logistic regression whose weights may only point the sensible way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.optimize import minimize

from zhixing.engines.lookalike import align, decision
from zhixing.engines.lookalike.cores import cores
from zhixing.engines.lookalike.guard import Guard

from .imitation import imitations, near_misses, ordinary_names

STREAM = 200_000  # ordinary names made to see what chance alone brings up
ALARMS = 0.0005  # share of ordinary names that may reach probability 0.5 in a stream
EVERYDAY = 0.02  # weight of imitations of everyday words among all imitations in a stream
_SHRINK = 1e-3  # ridge on standardised weights

Floats = NDArray[np.float64]


def read_marks(path: Path) -> list[str]:
    """Words of a text file, without comments, each once, sorted."""
    lines = path.read_text("utf-8").splitlines()
    return sorted({word for line in lines for word in line.split("#", 1)[0].split()})


def fit(
    marks: Sequence[str],
    labelled: pa.Table | None,
    out: Path,
    seed: int,
    say: Callable[[str], None],
) -> None:
    """Fit on imitations of ``marks``, on pairs brought up by chance, and on labelled ones."""
    rng = np.random.default_rng(seed)
    made = [pair for _ in range(3) for pair in imitations(marks, rng)]
    misses = list(near_misses(marks, rng))
    names = ordinary_names(STREAM, rng)
    guard = Guard(marks)
    chance = guard.sweep(names, min_probability=0.0, explain=False)
    good = pair_features([a for a, _, _ in made], [b for _, b, _ in made])
    near = pair_features([a for a, _ in misses], [b for _, b in misses])
    drawn = pair_features(chance["mark"].to_pylist(), chance["name"].to_pylist())
    say(f"{len(good)} imitations, {len(near)} near misses, {len(drawn)} pairs by chance")
    pair_blocks = [(good, True, 1.0), (near, False, 0.6), (drawn, False, 0.3)]
    if labelled is not None:
        alike = np.array([not kind.startswith("neg") for kind in labelled["kind"].to_pylist()])
        found = pair_features(labelled["famous_mark"].to_pylist(), labelled["name"].to_pylist())
        pair_blocks += [(found[alike], True, 0.7), (found[~alike], False, 0.6)]
    pair = _logistic(pair_blocks)
    # An everyday word in a stream is hardly ever a sign of imitation.
    common = good[:, decision.FEATURES.index("common")] > 0
    stream_blocks = [(good[~common], True, 1.0), (good[common], True, EVERYDAY)]
    stream = _logistic([*stream_blocks, (drawn, False, 1.0), (near, False, 0.5)])
    best = np.full(STREAM, -np.inf)
    np.maximum.at(best, chance["name_row"].to_numpy(), drawn @ stream[1])
    stream = (-float(np.quantile(best, 1 - ALARMS)), stream[1])
    count = 0 if labelled is None else len(labelled)
    stored = {
        "provenance": (
            f"logistic regressions with sign constraints, seed {seed},"
            f" on {len(good)} imitations made by rule of {len(marks)} well-known marks;"
            f" pair: against {len(near)} near misses, {len(drawn)} pairs that {STREAM} made-up"
            f" ordinary names bring up, and with {count} labelled pairs;"
            f" stream: against the pairs brought up, bias set so that {ALARMS:.2%} of ordinary"
            " names reach 0.5"
        ),
        "threshold": 0.5,
        "pair": _stored(pair),
        "stream": _stored(stream),
    }
    out.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _stored(model: tuple[float, Floats]) -> dict[str, float]:
    bias, weights = model
    named = zip(decision.FEATURES, weights.tolist(), strict=True)
    return {"bias": round(bias, 4), **{name: round(weight, 4) for name, weight in named}}


def pair_features(marks: Sequence[str], names: Sequence[str]) -> Floats:
    """The decision features (pairs, features) of marks beside names."""
    a, b = cores(marks), cores(names)
    t, s = align.tables(), align.scratch_of_thread()
    rows = np.zeros((len(marks), len(decision.FEATURES)))
    common = decision.everyday(a)
    for row in range(len(marks)):
        left, right = a.of(row), b.of(row)
        align.set_profile(right, t, s)
        least = align.cost(left, right, t, s)
        decision.features(left, right, least, common[row], t, s, rows[row])
        align.clear_profile(right, t, s)
    return rows


def _logistic(blocks: Sequence[tuple[Floats, bool, float]]) -> tuple[float, Floats]:
    """Bias and weights from blocks of (features, are imitations, weight among their kind)."""
    x = np.concatenate([rows for rows, _, _ in blocks])
    y = np.concatenate([np.full(len(rows), alike) for rows, alike, _ in blocks])
    weight = np.concatenate([np.full(len(rows), share / len(rows)) for rows, _, share in blocks])
    weight = np.where(y, weight / weight[y].sum(), weight / weight[~y].sum())
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
