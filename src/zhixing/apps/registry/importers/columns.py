"""Columns of codes: read value by value where it must be, each different value once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from zhixing.engines.identifiers import IdentifierError, check_uscc, normalise_code
from zhixing.engines.identifiers.codes import USCC_ALPHABET, USCC_LENGTH, USCC_WEIGHTS
from zhixing.kit.exchange.fields import Defect, ImportField, Mask, Parser, mask_of

Reader = Callable[[str], Any]

_VALUE_OF = np.full(128, -1, dtype=np.int64)
_VALUE_OF[[ord(character) for character in USCC_ALPHABET]] = np.arange(len(USCC_ALPHABET))


def each(read: Reader, kind: pa.DataType | None = None) -> Parser:
    """A column parser from a function of one text that raises `IdentifierError` or `Unusable`."""

    def parse(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
        encoded = texts.dictionary_encode()
        values: list[Any] = []
        refused: dict[tuple[str, str], list[int]] = {}
        for code, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(read(text))
            except (IdentifierError, Unusable) as error:
                values.append(None)
                refused.setdefault(_sayings(error), []).append(code)
        places = np.asarray(pc.fill_null(encoded.indices, -1))
        column = pa.array(values, kind or pa.string()).take(encoded.indices)
        return column, [
            Defect(np.isin(places, codes), expected, advice)
            for (expected, advice), codes in refused.items()
        ]

    return parse


class Unusable(ValueError):
    """A value that cannot be used: what was expected, and what to do."""

    def __init__(self, expected: str, advice: str) -> None:
        super().__init__(expected)
        self.expected, self.advice = expected, advice


def _sayings(error: IdentifierError | Unusable) -> tuple[str, str]:
    compare = _("Compare all characters with the original.")
    if isinstance(error, Unusable):
        return error.expected, error.advice
    facts = {"expected": error.expected, "position": error.position}
    sentences = {
        "length": _("%(expected)s characters"),
        "character": _("one of %(expected)s as character %(position)s"),
        "prefix": _("a number beginning with %(expected)s"),
        "check": _("%(expected)s as check character"),
    }
    return sentences[error.problem] % facts, compare


def uscc_column(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    """Unified social credit codes; the many right ones are checked in one computation."""
    narrow = pc.utf8_upper(pc.utf8_normalize(texts, form="NFKC"))
    codes = pc.replace_substring_regex(narrow, r"[\s\-‐-―]+", "")
    doubtful = mask_of(pc.is_valid(codes)) & ~valid_usccs(codes)
    if not doubtful.any():
        return codes, []
    place = np.flatnonzero(doubtful)
    _values, found = each(check_uscc)(_column, codes.take(pa.array(place)))
    defects = []
    for defect in found:
        mask = np.zeros(len(codes), dtype=bool)
        mask[place[defect.mask]] = True
        defects.append(Defect(mask, defect.expected, defect.advice))
    return codes, defects


def valid_usccs(codes: pa.StringArray) -> Mask:
    """Which normalised codes have 18 characters of the alphabet and the right check character.

    Source: GB 32100-2015, as `engines.identifiers.check_uscc` for one code.
    """
    plain = pc.fill_null(pc.if_else(pc.equal(pc.binary_length(codes), USCC_LENGTH), codes, ""), "")
    full = mask_of(pc.equal(pc.binary_length(plain), USCC_LENGTH))
    text = "".join(plain.filter(pa.array(full)).to_pylist()).encode("ascii", "replace")
    characters = np.frombuffer(text, dtype=np.uint8)
    if len(characters) != int(full.sum()) * USCC_LENGTH:
        # A character of several bytes made a shorter code look full; take the slow way.
        return np.array([_is_uscc(code) for code in codes.to_pylist()], dtype=bool)
    values = _VALUE_OF[characters].reshape(-1, USCC_LENGTH)
    total = values[:, :-1] @ np.array(USCC_WEIGHTS)
    good = (values >= 0).all(axis=1) & (values[:, -1] == -total % 31)
    full[np.flatnonzero(full)] = good
    return full


def _is_uscc(code: str | None) -> bool:
    try:
        return bool(code) and check_uscc(code or "") == code
    except IdentifierError:
        return False


def code_text(text: str) -> str:
    """A code of no known rule: half-width, upper case, without spaces and dashes."""
    return normalise_code(text)
