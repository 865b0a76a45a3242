"""Which names are due: new, changed, or older than the last change of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhixing.apps.brands.judging.names import Name, names_of
from zhixing.apps.brands.models import JudgedName, NameKind

KEYS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Due:
    """`fresh` names meet every brand; `behind` those that changed after `revision`."""

    fresh: list[Name]
    behind: list[Name]
    revision: int


def due_of(names: Sequence[Name], revision: int, version: str, *, anew: bool = False) -> Due:
    """Part names of one kind, in the order of their keys, by what they still have to meet.

    Args:
        revision: of the lists as they are now.
        version: of engine and circumstances.
        anew: judge all of them as if for the first time.
    """
    if anew or not names:
        return Due(list(names), [], 0)
    rows = JudgedName.objects.filter(
        name_kind=names[0].kind, object_id__range=(names[0].pk, names[-1].pk)
    )
    known = {pk: (digest, number) for pk, digest, number in
             rows.values_list("object_id", "digest", "revision")}  # fmt: skip
    fresh, behind = [], []
    for name in names:
        digest, number = known.get(name.pk, (None, 0))
        if digest != name.digest(version):
            fresh.append(name)
        elif number < revision:
            behind.append(name)
    oldest = min((known[name.pk][1] for name in behind), default=revision)
    return Due(fresh, behind, oldest)


def awaiting_of(names: Sequence[Name]) -> set[int]:
    """Which of these names still wait to be held against their place and trade."""
    if not names:
        return set()
    rows = JudgedName.objects.filter(
        name_kind=names[0].kind,
        object_id__range=(names[0].pk, names[-1].pk),
        awaits_rivals=True,
    )
    return set(rows.values_list("object_id", flat=True))


def names_awaiting_rivals(unit_path: str) -> list[Name]:
    """The enterprises of an area that wait to be held against their place and trade."""
    rows = JudgedName.objects.filter(awaits_rivals=True, unit_path__within=unit_path)
    keys = sorted(rows.values_list("object_id", flat=True))
    found: list[Name] = []
    for start in range(0, len(keys), KEYS_AT_ONCE):
        found += names_of(NameKind.SUBJECT.value, keys[start : start + KEYS_AT_ONCE])
    return found
