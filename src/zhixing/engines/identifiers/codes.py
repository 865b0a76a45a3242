"""Check characters of one code at a time, saying what was expected and what was found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

USCC_LENGTH = 18
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(USCC_LENGTH - 1))
LICENCE_LENGTH = 16
# Prefix → digits of the category and of the serial; between them stand 6 digits of GB/T 2260.
LICENCE_LAYOUTS = {"JY": (1, 6), "SC": (3, 4), "YB": (1, 6)}
LICENCE_PREFIXES = tuple(LICENCE_LAYOUTS)
_SEPARATORS = re.compile(r"[\s\-‐-―]+")


class IdentifierError(ValueError):
    """A code that cannot be right.

    Attributes:
        problem: `length`, `character`, `prefix` or `check`.
        expected, found: what would have been right at that place, and what stands there.
        position: place of the offending character, from 1; 0 where the whole code is meant.
    """

    def __init__(self, problem: str, *, expected: str, found: str, position: int = 0) -> None:
        super().__init__(f"{problem}: expected {expected}, found {found or 'nothing'}")
        self.problem, self.expected, self.found, self.position = problem, expected, found, position


def normalise_code(text: str) -> str:
    """The code half-width, upper case, without spaces and dashes."""
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    # Without the space a detached accent joins its letter: the result must be its own normal form.
    return unicodedata.normalize("NFKC", bare)


def uscc_check_character(first17: str) -> str:
    """The 18th character of a unified social credit code.

    Source: GB 32100-2015; weights 3^(i-1) mod 31 over the alphabet of 31 characters.

    Raises:
        IdentifierError: a character is not in the alphabet, or there are not 17.
    """
    if len(first17) != USCC_LENGTH - 1:
        raise IdentifierError("length", expected="17", found=str(len(first17)))
    total = 0
    for position, (character, weight) in enumerate(zip(first17, USCC_WEIGHTS, strict=True), 1):
        value = USCC_ALPHABET.find(character)
        if value < 0:
            raise IdentifierError(
                "character", expected=USCC_ALPHABET, found=character, position=position
            )
        total += value * weight
    return USCC_ALPHABET[-total % 31]


def check_uscc(text: str) -> str:
    """The normalised unified social credit code, if its check character is right.

    Raises:
        IdentifierError: wrong length, a character outside the alphabet, or a wrong check character.
    """
    code = normalise_code(text)
    if len(code) != USCC_LENGTH:
        raise IdentifierError("length", expected=str(USCC_LENGTH), found=str(len(code)))
    expected = uscc_check_character(code[:-1])
    if code[-1] != expected:
        raise IdentifierError("check", expected=expected, found=code[-1], position=USCC_LENGTH)
    return code


def mod11_10_check_digit(digits: str) -> str:
    """The check digit that follows the digits by ISO 7064 MOD 11,10.

    Source: ISO/IEC 7064; the rule of JY, SC and YB numbers (Order 78 art 27, 45; Order 24 of 2020
    art 30), agreeing with published numbers.

    Raises:
        IdentifierError: a character is not a digit.
    """
    product = 10
    for position, character in enumerate(digits, 1):
        if character not in "0123456789":
            raise IdentifierError("character", expected="0-9", found=character, position=position)
        total = (product + int(character)) % 10 or 10
        product = 2 * total % 11
    return str((11 - product) % 10)


def check_licence_number(text: str) -> str:
    """The normalised JY, SC or YB number (prefix and 14 digits), if its check digit is right.

    Raises:
        IdentifierError: unknown prefix, wrong length, another character than a digit, or a wrong
            check digit.
    """
    number = normalise_code(text)
    if number[:2] not in LICENCE_PREFIXES:
        raise IdentifierError(
            "prefix", expected=" / ".join(LICENCE_PREFIXES), found=number[:2], position=1
        )
    if len(number) != LICENCE_LENGTH:
        raise IdentifierError("length", expected=str(LICENCE_LENGTH), found=str(len(number)))
    try:
        expected = mod11_10_check_digit(number[2:-1])
    except IdentifierError as error:
        raise IdentifierError(
            error.problem, expected=error.expected, found=error.found, position=error.position + 2
        ) from None
    if number[-1] != expected:
        raise IdentifierError("check", expected=expected, found=number[-1], position=LICENCE_LENGTH)
    return number


@dataclass(frozen=True, slots=True)
class LicenceNumber:
    """The parts of a JY, SC or YB number.

    Attributes:
        prefix: JY food business licence, SC food production licence, YB filing.
        category: business form (JY), kind of filing (YB) or category of food (SC).
        division: GB/T 2260 code of the issuing county.
    """

    prefix: str
    category: str
    division: str
    serial: str
    check: str


def licence_parts(text: str) -> LicenceNumber:
    """The parts of a valid number.

    Source: Order 78 art 27 (JY) and 45 (YB); Order 24 of 2020 art 30 (SC).

    Raises:
        IdentifierError: as `check_licence_number`.
    """
    number = check_licence_number(text)
    lead, _serial = LICENCE_LAYOUTS[number[:2]]
    division = 2 + lead
    return LicenceNumber(
        number[:2], number[2:division], number[division : division + 6],
        number[division + 6 : -1], number[-1],
    )  # fmt: skip


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code, which stands in places 9 to 17 of a credit code.

    Source: GB 11714; weights 3 7 9 10 5 8 4 2 on 0-9, A = 10 to Z = 35; 11 minus the sum modulo
    11, where 10 is written X and 11 is written 0.

    Raises:
        IdentifierError: another character than a digit or capital letter, or there are not 8.
    """
    if len(first8) != 8:
        raise IdentifierError("length", expected="8", found=str(len(first8)))
    total = 0
    for position, (character, weight) in enumerate(
        zip(first8, (3, 7, 9, 10, 5, 8, 4, 2), strict=True), 1
    ):
        value = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(character)
        if value < 0:
            raise IdentifierError(
                "character", expected="0-9 A-Z", found=character, position=position
            )
        total += value * weight
    return "0X987654321"[total % 11]
