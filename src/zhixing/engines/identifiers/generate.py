"""Valid codes that belong to nobody, for the demo city and for tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhixing.engines.identifiers.codes import LICENCE_LAYOUTS, USCC_ALPHABET
from zhixing.engines.identifiers.columns import licence_checks, organisation_checks, uscc_checks

_ALPHABET = np.frombuffer(USCC_ALPHABET.encode(), dtype=np.uint8)
# Organisation codes given since 2015 begin so.
_SERIES = b"MA"
_FREE_PLACES = 6

Texts = str | Sequence[str] | npt.NDArray[np.str_]


def generate_uscc(
    rng: np.random.Generator,
    n: int,
    divisions: Texts,
    *,
    department: str = "9",
    category: Texts = "1",
) -> pa.StringArray:
    """`n` different valid unified social credit codes, with valid organisation codes inside.

    Args:
        rng: the only source of chance.
        n: how many.
        divisions: the 6-digit GB/T 2260 code of all, or of each.
        department: registering department; 9 is market regulation.
        category: kind of body of all, or of each: 1 enterprise, 2 self-employed, 3 co-operative.

    Raises:
        ValueError: a text has the wrong length, or there are more than 31^6 codes to make.
    """
    codes = np.empty((n, 18), dtype=np.uint8)
    codes[:, 0:1] = _letters(department, n, 1, "department")
    codes[:, 1:2] = _letters(category, n, 1, "category")
    codes[:, 2:8] = _letters(divisions, n, 6, "division")
    codes[:, 8:10] = np.frombuffer(_SERIES, dtype=np.uint8)
    base = len(USCC_ALPHABET)
    serials = _distinct(rng, n, base**_FREE_PLACES)
    codes[:, 10:16] = _ALPHABET[_places(serials, base, _FREE_PLACES)]
    codes[:, 16] = organisation_checks(_as_values(codes[:, 8:16]))
    values = np.searchsorted(_ALPHABET, codes[:, :17]).astype(np.int16)
    codes[:, 17] = _ALPHABET[uscc_checks(values)]
    return _texts(codes)


def generate_licence_numbers(
    rng: np.random.Generator, n: int, prefix: str, category: str, divisions: Texts
) -> pa.StringArray:
    """`n` different valid JY, SC or YB numbers.

    Args:
        rng: the only source of chance.
        n: how many.
        prefix: `JY` business licence, `SC` production licence, `YB` filing.
        category: business form (JY) or kind (YB), 1 digit; category of food (SC), 3 digits.
        divisions: the 6-digit GB/T 2260 code of all, or of each.

    Raises:
        ValueError: unknown prefix, a text of the wrong length, or more numbers than serials.
    """
    if prefix not in LICENCE_LAYOUTS:
        raise ValueError(f"prefix must be one of {', '.join(LICENCE_LAYOUTS)}; got {prefix!r}")
    lead, serial = LICENCE_LAYOUTS[prefix]
    numbers = np.empty((n, 16), dtype=np.uint8)
    numbers[:, :2] = np.frombuffer(prefix.encode(), dtype=np.uint8)
    numbers[:, 2 : 2 + lead] = _letters(category, n, lead, "category")
    numbers[:, 2 + lead : 8 + lead] = _letters(divisions, n, 6, "division")
    zero = ord("0")
    numbers[:, 8 + lead : 15] = zero + _places(_distinct(rng, n, 10**serial), 10, serial)
    numbers[:, 15] = zero + licence_checks(numbers[:, 2:15].astype(np.int16) - zero)
    return _texts(numbers)


def _distinct(rng: np.random.Generator, n: int, size: int) -> npt.NDArray[np.int64]:
    """`n` different numbers below `size`: a random arithmetic sequence modulo `size`."""
    if n > size:
        raise ValueError(f"at most {size} different numbers exist; asked for {n}")
    step = int(rng.integers(1, size))
    while np.gcd(step, size) != 1:
        step = int(rng.integers(1, size))
    # i * step stays below 2^63: both factors are at most 31^6 < 2^30.
    return (np.arange(n, dtype=np.int64) * step + int(rng.integers(size))) % size


def _places(numbers: npt.NDArray[np.int64], base: int, count: int) -> npt.NDArray[np.int64]:
    powers = base ** np.arange(count - 1, -1, -1, dtype=np.int64)
    return numbers[:, None] // powers % base


def _letters(texts: Texts, n: int, width: int, what: str) -> npt.NDArray[np.uint8]:
    given = np.asarray([texts] if isinstance(texts, str) else texts, dtype=str)
    if len(given) not in {1, n} or (np.char.str_len(given) != width).any():
        raise ValueError(f"{what}: expected one text of {width} characters, or {n} of them")
    raw = np.frombuffer(given.astype(f"S{width}").tobytes(), dtype=np.uint8)
    return np.broadcast_to(raw.reshape(-1, width), (n, width))


def _as_values(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.int16]:
    """Values of ASCII letters by GB 11714: digits as they are, A = 10 to Z = 35."""
    values = letters.astype(np.int16)
    return np.where(values >= ord("A"), values - ord("A") + 10, values - ord("0"))


def _texts(codes: npt.NDArray[np.uint8]) -> pa.StringArray:
    n, width = codes.shape
    offsets = pa.py_buffer(np.arange(0, (n + 1) * width, width, dtype=np.int32).tobytes())
    return pa.StringArray.from_buffers(n, offsets, pa.py_buffer(codes.tobytes()))
