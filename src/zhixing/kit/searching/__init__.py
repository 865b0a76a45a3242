"""One search box for everything one may see: apps register what they can find.

A provider answers in a bounded number of rows and asks its own selector, so nobody finds what they
may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from zhixing.kit.actors import Actor
from zhixing.kit.errors import Refused

LIMIT = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    title: str
    url: str
    detail: str = ""
    badge: str = ""


Find = Callable[[Actor, str, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Provider:
    """One kind of thing that can be found."""

    key: str
    label: str | Promise
    find: Find
    order: int


@dataclass(frozen=True, slots=True)
class Group:
    """What one provider found; `is_more` when it had to stop."""

    key: str
    label: str | Promise
    hits: list[Hit]
    is_more: bool


_providers: dict[str, Provider] = {}


def register_search(key: str, label: str | Promise, find: Find, *, order: int = 50) -> None:
    """Name a function that finds things by words; groups are shown in ascending `order`."""
    _providers[key] = Provider(key, label, find, order)


def find_everything(actor: Actor, text: str, limit: int = LIMIT) -> list[Group]:
    """What every provider finds for the actor; groups without a hit are left out."""
    groups: list[Group] = []
    if not text.strip():
        return groups
    for provider in sorted(_providers.values(), key=lambda provider: provider.order):
        try:
            hits = list(provider.find(actor, text, limit + 1))
        except Refused:
            continue
        if hits:
            groups.append(Group(provider.key, provider.label, hits[:limit], len(hits) > limit))
    return groups
