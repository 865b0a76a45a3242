"""MinHash signatures of many texts at once, and the bands by which like ones are found.

A text is the set of its runs of three characters. Each of `SIZE` hash functions keeps the smallest
hash of the set; two texts agree in one place with the probability of their Jaccard likeness. A band
of `WIDTH` places is one number; texts that share one of the `BANDS` are candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from zhixing.engines.neardup.normal import plain
from zhixing.engines.types import MethodRef

METHOD = MethodRef("neardup.minhash", "1")
RUN = 3
BANDS, WIDTH = 20, 3
SIZE = BANDS * WIDTH
_SEED = 20261124
_U = np.uint64

Signatures = npt.NDArray[np.uint32]


def _multipliers() -> npt.NDArray[np.uint64]:
    rng = np.random.default_rng(_SEED)
    return rng.integers(1, 1 << 63, size=(SIZE, 2), dtype=np.uint64) | _U(1)


_HASHES = _multipliers()
_BAND_HASHES = np.random.default_rng(_SEED + 1).integers(
    1, 1 << 63, size=WIDTH, dtype=np.uint64
) | _U(1)


def signatures(texts: Sequence[str]) -> Signatures:
    """One row of `SIZE` numbers per text; a text without any character gets zeros."""
    normal = [plain(text) for text in texts]
    result = np.zeros((len(normal), SIZE), dtype=np.uint32)
    rows = np.array([place for place, text in enumerate(normal) if text], dtype=np.int64)
    if not len(rows):
        return result
    runs, starts = _runs([normal[row] for row in rows])
    for place in range(SIZE):
        multiplier, shift = _HASHES[place]
        hashed = ((runs * multiplier + shift) >> _U(32)).astype(np.uint32)
        result[rows, place] = np.minimum.reduceat(hashed, starts)
    return result


def _runs(texts: list[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Hashes of the runs of all texts, one after the other, and where each text begins.

    A text is padded at its end, so that one of one or two characters has a run too.
    """
    padded = "".join(text + "\0" * (RUN - 1) for text in texts)
    codes = np.frombuffer(padded.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    hashed = codes * _U(0x9E3779B97F4A7C15)
    mixed = hashed[:-2] ^ (hashed[1:-1] << _U(7)) ^ (hashed[2:] * _U(0xC2B2AE3D27D4EB4F))
    mixed = (mixed ^ (mixed >> _U(29))) * _U(0xBF58476D1CE4E5B9)
    lengths = np.array([len(text) + RUN - 1 for text in texts], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    keep = np.ones(len(codes), dtype=bool)
    # Runs that begin in the last two places of a text would reach into the next one; those of a
    # text of one or two characters begin with its own characters and stay.
    ends = starts + lengths
    keep[ends - 1] = keep[ends - 2] = False
    kept_before = np.cumsum(keep) - keep
    return mixed[keep[: len(mixed)]], kept_before[starts]


def bands(found: Signatures) -> npt.NDArray[np.int64]:
    """The `BANDS` numbers of each signature, different from band to band; signed for databases."""
    parts = found.reshape(len(found), BANDS, WIDTH).astype(np.uint64)
    mixed = np.zeros(parts.shape[:2], dtype=np.uint64)
    for place in range(WIDTH):
        mixed = (mixed ^ parts[:, :, place]) * _BAND_HASHES[place]
        mixed ^= mixed >> _U(31)
    mixed = mixed * _U(BANDS) + np.arange(BANDS, dtype=np.uint64)
    return mixed.astype(np.int64)
