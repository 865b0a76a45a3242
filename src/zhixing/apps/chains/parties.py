"""Names on labels and in contracts, brought to the operators and marks of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhixing.apps.registry.api import marks_visible, subjects_visible
from zhixing.engines.identifiers import IdentifierError, check_uscc
from zhixing.engines.labels import folded_name
from zhixing.kit.actors import SystemActor
from zhixing.kit.exchange.bulk import AmongKeys

# Names are compared over the whole register: an overseas licensor is kept by the bureau, its
# factory by another office. What an officer may open is decided where it is shown.
EVERYWHERE = SystemActor("authorisation chains")
KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Operator:
    """What is known of a name: the operator in the register, if exactly one has the name."""

    key: str
    name: str
    subject_id: int | None


def key_of(name: str, subject_id: int | None) -> str:
    """Equal for one operator wherever it is met."""
    return f"s{subject_id}" if subject_id is not None else folded_name(name)[:KEY_LENGTH]


def subject_id_of(key: str) -> int | None:
    """The operator's number of a key, None for a key that is a name."""
    return int(key[1:]) if key[:1] == "s" and key[1:].isdecimal() else None


def operators(names: Iterable[str]) -> Mapping[str, Operator]:
    """The names with the operators that bear them, in one query; ambiguous names stay names."""
    wanted = {name: spellings(name) for name in set(names) if name}
    spelled = sorted({text for texts in wanted.values() for text in texts})
    found: dict[str, set[int]] = {}
    if spelled:
        rows = subjects_visible(EVERYWHERE).filter(AmongKeys("name", spelled))
        for text, pk in rows.values_list("name", "pk"):
            found.setdefault(text, set()).add(pk)
    result = {}
    for name, texts in wanted.items():
        pks = set().union(*(found.get(text, set()) for text in texts))
        only = next(iter(pks)) if len(pks) == 1 else None
        result[name] = Operator(key_of(name, only), name, only)
    return result


def spellings(name: str) -> set[str]:
    """A name with brackets of either width; registers use both."""
    folded = folded_name(name)
    return {name, folded, folded.replace("(", "（").replace(")", "）")}


def subject_with_code(codes: Sequence[str]) -> int | None:
    """The operator that one of the codes on a label belongs to."""
    valid = []
    for code in codes:
        try:
            valid.append(check_uscc(code))
        except IdentifierError:
            continue
    if not valid:
        return None
    pk: int | None = (
        subjects_visible(EVERYWHERE).filter(uscc__in=valid).values_list("pk", flat=True).first()
    )
    return pk


def marks_named(brands: Iterable[str]) -> Mapping[str, int]:
    """The register's marks by text, for brands that name exactly one mark."""
    wanted = sorted({brand for brand in brands if brand})
    found: dict[str, list[int]] = {}
    if wanted:
        rows = marks_visible(EVERYWHERE).filter(AmongKeys("text", wanted))
        for text, pk in rows.values_list("text", "pk"):
            found.setdefault(text, []).append(pk)
    return {text: pks[0] for text, pks in found.items() if len(pks) == 1}
