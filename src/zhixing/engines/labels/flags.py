"""What is suspicious about the parties of a label, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from .parties import LENDING_ROLES, PARTY_ROLES, Party
from .rules import rules

_DOMESTIC_ORIGIN = re.compile(r"^(?:中国|CHINA|P\.?R\.?C|国产)|[省市县区州旗]", re.I)
_SHORTEST_BRAND = 2
_LONGEST_BRAND = 20


@dataclass(frozen=True, slots=True)
class LabelFlag:
    """One suspicion: its code, the sentence for the file, its weight, the parties by number."""

    code: str
    text: str
    weight: float
    parties: tuple[int, ...]


def flags(parties: Sequence[Party], brands: Collection[str] = frozenset()) -> list[LabelFlag]:
    """The flags of a label, the heaviest first.

    Args:
        parties: what `parse` found.
        brands: protected brands, folded; names of parties that hold one of them are flagged. Who
            is a holder or licensee is not known here: the caller sets those flags aside.
    """
    found = [*_overseas_lenders(parties), *_missing(parties), *_several(parties)]
    found += [*_famous(parties, brands), *_technical(parties), *_origin(parties), *_brand(parties)]
    return sorted(found, key=lambda flag: -flag.weight)


def score(found: Sequence[LabelFlag]) -> float:
    """All flags together, in [0, 1): as if each were independent evidence."""
    return 1 - prod(1 - flag.weight for flag in found)


def _flag(code: str, party: Party, numbers: Sequence[int], other: str = "") -> LabelFlag:
    kind = rules().flags[code]
    text = kind.text.format(party=party.name, formula=party.formula, other=other)
    return LabelFlag(code, text, kind.weight, tuple(numbers))


def _of(parties: Sequence[Party], *roles: str) -> list[tuple[int, Party]]:
    return [(n, party) for n, party in enumerate(parties) if party.role in roles]


def _overseas_lenders(parties: Sequence[Party]) -> Iterator[LabelFlag]:
    """An overseas name in front of a factory without a mark, or in front of none."""
    makers = [(n, maker) for n, maker in _of(parties, "manufacturer") if not maker.overseas]
    if any(maker.overseas for _n, maker in _of(parties, "manufacturer")):
        return  # made overseas: imported goods
    importers = _of(parties, "distributor")
    brands = [brand.name for _n, brand in _of(parties, "brand")]
    for n, lender in _of(parties, "licensor", "supervisor", "entrusting"):
        if not lender.overseas:
            continue
        if not makers:
            if not (importers and _is_imported(parties)):
                yield _flag("overseas_without_factory", lender, [n])
            return
        number, maker = makers[0]
        if not any(brand in maker.name for brand in brands):
            yield _flag("overseas_behind_factory", lender, [n, number], maker.name)
        return


def _is_imported(parties: Sequence[Party]) -> bool:
    origins = [origin.name for _n, origin in _of(parties, "origin")]
    return bool(origins) and not any(_DOMESTIC_ORIGIN.search(origin) for origin in origins)


def _missing(parties: Sequence[Party]) -> Iterator[LabelFlag]:
    lenders = [(n, p) for n, p in _of(parties, *LENDING_ROLES) if not p.overseas]
    if lenders and not _of(parties, "manufacturer") and not _is_imported(parties):
        number, lender = lenders[0]
        # Who presents its own goods is their maker in the eyes of the law; 出品 alone is no flag.
        if lender.role != "entrusting":
            yield _flag("no_manufacturer", lender, [number])


def _several(parties: Sequence[Party]) -> Iterator[LabelFlag]:
    for code, roles in (
        ("several_manufacturers", ("manufacturer",)),
        ("several_licensors", ("licensor", "supervisor")),
    ):
        by_name: dict[str, int] = {}
        for n, party in _of(parties, *roles):
            by_name.setdefault(party.name, n)
        if len(by_name) > 1:
            first, second = list(by_name.values())[:2]
            yield _flag(code, parties[first], list(by_name.values()), parties[second].name)


def _famous(parties: Sequence[Party], brands: Collection[str]) -> Iterator[LabelFlag]:
    if not brands:
        return
    for n, party in _of(parties, *PARTY_ROLES):
        held = brand_inside(party.name, brands)
        if held:
            code = "brand_in_overseas_name" if party.overseas else "brand_in_name"
            if party.overseas or party.role in LENDING_ROLES:
                yield _flag(code, party, [n], held)


def brand_inside(name: str, brands: Collection[str]) -> str:
    """The longest of the brands that the name holds; empty if none."""
    for length in range(min(len(name), _LONGEST_BRAND), _SHORTEST_BRAND - 1, -1):
        for at in range(len(name) - length + 1):
            if name[at : at + length] in brands:
                return name[at : at + length]
    return ""


def _technical(parties: Sequence[Party]) -> Iterator[LabelFlag]:
    for n, party in _of(parties, "technical"):
        if party.overseas:
            yield _flag("technical_support", party, [n])


def _origin(parties: Sequence[Party]) -> Iterator[LabelFlag]:
    makers = _of(parties, "manufacturer")
    if not makers or not all(maker.overseas for _n, maker in makers):
        return
    for n, origin in _of(parties, "origin"):
        if _DOMESTIC_ORIGIN.search(origin.name):
            number, maker = makers[0]
            yield _flag("origin_contradicts", maker, [number, n], origin.name)
            return


def _brand(parties: Sequence[Party]) -> Iterator[LabelFlag]:
    named = [party.name for _n, party in _of(parties, *PARTY_ROLES)]
    for n, brand in _of(parties, "brand"):
        if named and not any(brand.name in name for name in named):
            yield _flag("brand_of_nobody", brand, [n], brand.name)
            return
