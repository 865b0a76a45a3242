"""Simple random sampling without replacement by ranking hashes of seed and key.

Each unit gets SM3(seed, key); the n smallest are drawn. With a seed fixed before the frame is known
every subset of n units is equally likely, and whoever has seed and keys can repeat the draw with
nothing but a hash (a sequential list of random numbers would tie the result to one program).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from zhixing.engines.types import MethodRef

METHOD = MethodRef("draw.hash_rank", "1")
_SPACE = 1 << 256


def rank(seed: str, key: str) -> int:
    """The place of a unit in the order of the draw: SM3 of seed, line feed and key."""
    return int.from_bytes(hashlib.new("sm3", f"{seed}\n{key}".encode()).digest())


def drawn(keys: Iterable[str], take: int, seed: str) -> list[str]:
    """`take` of the keys in the order of the draw, all of them if there are no more.

    Args:
        keys: each unit once; their order does not matter.
        take: how many, at least 0.

    Raises:
        ValueError: a key comes twice, or `take` is negative.
    """
    units = list(keys)
    if len(set(units)) != len(units):
        raise ValueError("keys must be different from each other")
    if take < 0:
        raise ValueError(f"take must be at least 0; got {take}")
    return sorted(units, key=lambda key: (rank(seed, key), key))[:take]


def is_drawn(seed: str, key: str, share: float) -> bool:
    """Whether a unit belongs to a random share of all units (Bernoulli sampling).

    Args:
        share: probability of each unit, in [0, 1].

    Raises:
        ValueError: the share is no probability.
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share must be in [0, 1]; got {share}")
    return rank(seed, key) < int(share * _SPACE)


def digest(keys: Iterable[str]) -> str:
    """SM3 of the sorted keys, one a line: names the frame that was drawn from."""
    return hashlib.new("sm3", "\n".join(sorted(keys)).encode()).hexdigest()
