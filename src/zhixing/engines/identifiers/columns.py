"""Whole columns of codes at once: normalise, check, and say row by row what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhixing.engines.identifiers.codes import (
    LICENCE_LENGTH,
    LICENCE_PREFIXES,
    USCC_ALPHABET,
    USCC_LENGTH,
    USCC_WEIGHTS,
    IdentifierError,
    check_licence_number,
    check_uscc,
    normalise_code,
)

PROBLEMS = ("", "length", "prefix", "character", "check")
_LENGTH, _PREFIX, _CHARACTER, _CHECK = 1, 2, 3, 4

# What `str.isspace` holds for blank in ASCII, and the hyphen.
_ASCII_SEPARATORS = r"[\t\n\x0b\x0c\r\x1c-\x1f \-]+"

Values: TypeAlias = "pa.Array | pa.ChunkedArray | Sequence[str | None]"
Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


def _values_of(alphabet: str) -> npt.NDArray[np.int16]:
    values = np.full(256, -1, dtype=np.int16)
    values[np.frombuffer(alphabet.encode(), dtype=np.uint8)] = np.arange(len(alphabet))
    return values


_USCC_VALUE = _values_of(USCC_ALPHABET)
_DIGIT_VALUE = _values_of("0123456789")
_GB11714_VALUE = _values_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_GB11714_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int16)
_GB11714_CHECKS = np.frombuffer(b"0X987654321", dtype=np.uint8)
_WEIGHTS = np.array(USCC_WEIGHTS, dtype=np.int16)


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked column.

    Attributes:
        codes: the normalised codes; an empty or missing value is the empty text.
        problem: for each row the place of its problem in `PROBLEMS`; 0 where the code is right.
    """

    codes: pa.StringArray
    problem: npt.NDArray[np.int8]
    _one: Callable[[str], str]

    @property
    def valid(self) -> Mask:
        """Which rows are right."""
        right: Mask = self.problem == 0
        return right

    def error(self, row: int) -> IdentifierError | None:
        """What is wrong with a row: expected, found, position; None if it is right."""
        try:
            self._one(self.codes[row].as_py())
        except IdentifierError as error:
            return error
        return None


def normalise_codes(values: Values) -> pa.StringArray:
    """`normalise_code` of every value; a missing value becomes the empty text."""
    texts = pc.fill_null(_column(values), "")
    plain = pc.string_is_ascii(texts)
    codes = pc.ascii_upper(pc.replace_substring_regex(texts, _ASCII_SEPARATORS, ""))
    odd = np.flatnonzero(~_mask(plain))
    if len(odd):
        slow = [normalise_code(text) for text in texts.take(pa.array(odd)).to_pylist()]
        codes = pc.replace_with_mask(codes, pc.invert(plain), pa.array(slow, pa.string()))
    return codes


def check_usccs(values: Values) -> Checked:
    """`check_uscc` of every value.

    Source: GB 32100-2015; see `codes.uscc_check_character`.
    """
    codes = normalise_codes(values)
    problem = np.full(len(codes), _LENGTH, dtype=np.int8)
    rows, matrix = _fixed(codes, USCC_LENGTH)
    digits = _USCC_VALUE[matrix]
    wrong = digits[:, -1] != -(digits[:, :-1] @ _WEIGHTS) % len(USCC_ALPHABET)
    problem[rows] = np.where((digits[:, :-1] < 0).any(axis=1), _CHARACTER, wrong * _CHECK)
    return _with_odd_rows(Checked(codes, problem, check_uscc))


def check_licence_numbers(values: Values) -> Checked:
    """`check_licence_number` of every value.

    Source: ISO/IEC 7064 MOD 11,10; see `codes.mod11_10_check_digit`.
    """
    codes = normalise_codes(values)
    prefixes = pa.array(LICENCE_PREFIXES)
    known = _mask(pc.is_in(pc.utf8_slice_codeunits(codes, 0, 2), value_set=prefixes))
    problem = np.where(known, _LENGTH, _PREFIX).astype(np.int8)
    rows, matrix = _fixed(codes, LICENCE_LENGTH)
    digits = _DIGIT_VALUE[matrix[:, 2:]]
    wrong = digits[:, -1] != licence_checks(digits[:, :-1])
    fault = np.where((digits[:, :-1] < 0).any(axis=1), _CHARACTER, wrong * _CHECK)
    problem[rows] = np.where(known[rows], fault, _PREFIX)
    return _with_odd_rows(Checked(codes, problem, check_licence_number))


def organisation_codes_hold(codes: pa.StringArray) -> Mask:
    """Which normalised credit codes also hold a right organisation code in places 9 to 17.

    A code can pass GB 32100 and fail here (GB 11714: weights 3 7 9 10 5 8 4 2, 11 - sum mod 11):
    a sign of an invented code, not a reason to refuse it. False where the length is not 18.
    """
    holds = np.zeros(len(codes), dtype=bool)
    rows, matrix = _fixed(codes, USCC_LENGTH)
    values = _GB11714_VALUE[matrix[:, 8:16]]
    right = organisation_checks(values) == matrix[:, 16]
    holds[rows] = right & (values >= 0).all(axis=1)
    return holds


def organisation_checks(values: npt.NDArray[np.int16]) -> Bytes:
    """Check characters (ASCII) of organisation codes given as rows of 8 values, 0-9 A=10 … Z=35."""
    checks: Bytes = _GB11714_CHECKS[(values @ _GB11714_WEIGHTS) % 11]
    return checks


def uscc_checks(values: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Value of the 18th character for rows of 17 values of the alphabet of GB 32100."""
    return np.asarray(-(values @ _WEIGHTS) % len(USCC_ALPHABET), dtype=np.int16)


def licence_checks(digits: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """MOD 11,10 check digits of rows of digits."""
    product = np.full(len(digits), 10, dtype=np.int16)
    for place in range(digits.shape[1]):
        total = (product + digits[:, place]) % 10
        total[total == 0] = 10
        product = 2 * total % 11
    return (11 - product) % 10


def _column(values: Values) -> pa.StringArray:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        return pc.cast(values, pa.string())
    return pa.array(values, pa.string())


def _mask(values: pa.BooleanArray) -> Mask:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)


def _fixed(codes: pa.StringArray, length: int) -> tuple[npt.NDArray[np.intp], Bytes]:
    """Rows whose code has `length` bytes, and these bytes as one matrix."""
    full = pc.equal(pc.binary_length(codes), length)
    kept = codes.filter(full)
    rows = np.flatnonzero(_mask(full))
    if not len(rows):
        return rows, np.empty((0, length), dtype=np.uint8)
    text = np.frombuffer(kept.buffers()[2], dtype=np.uint8)
    return rows, text[kept.offset * length :][: len(rows) * length].reshape(-1, length)


def _with_odd_rows(checked: Checked) -> Checked:
    """Judge the rows with other characters than ASCII, where bytes are not characters, singly."""
    for row in np.flatnonzero(~_mask(pc.string_is_ascii(checked.codes))):
        error = checked.error(int(row))
        checked.problem[row] = PROBLEMS.index(error.problem) if error else 0
    return checked
