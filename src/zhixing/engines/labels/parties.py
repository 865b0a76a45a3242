"""What the parser finds on a label."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = (
    "licensor", "supervisor", "entrusting", "manufacturer", "technical", "distributor",
    "origin", "brand", "product", "licence", "code", "address", "contract", "standard", "barcode",
)  # fmt: skip
# Roles played by somebody, as against facts about the goods.
PARTY_ROLES = ROLES[:6]
# Roles that lend a name to goods made by others.
LENDING_ROLES = ("licensor", "supervisor", "entrusting", "technical")


@dataclass(frozen=True, slots=True)
class Party:
    """Who plays a role on a label, or a fact such as the brand or a number.

    Attributes:
        role: one of `ROLES`.
        name: as it reads: simplified, half width, without the blanks inside words.
        formula: the words that gave the role, e.g. 授权商; empty for a number known by its form.
        start, end: the name in the original text, in code points, the end excluded.
        overseas: whether the name is that of a company registered overseas.
    """

    role: str
    name: str
    formula: str
    start: int
    end: int
    overseas: bool = False
