"""How alike two texts are, for the few pairs that share a band."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from zhixing.engines.neardup.normal import plain

# From this likeness on two texts are one advertisement (see README for how it was set).
SAME = 0.8


def likeness(a: str, b: str) -> float:
    """Share of the characters of both plain texts that stand in the same order in both, in [0, 1].

    The normalised indel similarity of RapidFuzz; values below `SAME` may be given as 0.
    """
    return float(Indel.normalized_similarity(plain(a), plain(b), score_cutoff=SAME))
