"""Codes that check themselves: unified social credit code, food licence and filing numbers."""

from zhixing.engines.identifiers.codes import (
    IdentifierError,
    LicenceNumber,
    check_licence_number,
    check_uscc,
    licence_parts,
    mod11_10_check_digit,
    normalise_code,
    organisation_check_character,
    uscc_check_character,
)
from zhixing.engines.identifiers.columns import (
    PROBLEMS,
    Checked,
    check_licence_numbers,
    check_usccs,
    normalise_codes,
    organisation_codes_hold,
)
from zhixing.engines.identifiers.generate import generate_licence_numbers, generate_uscc

__all__ = [
    "PROBLEMS",
    "Checked",
    "IdentifierError",
    "LicenceNumber",
    "check_licence_number",
    "check_licence_numbers",
    "check_uscc",
    "check_usccs",
    "generate_licence_numbers",
    "generate_uscc",
    "licence_parts",
    "mod11_10_check_digit",
    "normalise_code",
    "normalise_codes",
    "organisation_check_character",
    "organisation_codes_hold",
    "uscc_check_character",
]
