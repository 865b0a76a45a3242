"""An actor who looks at one office and those below it only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor
from zhixing.kit.errors import Refused
from zhixing.kit.scope import is_within


@dataclass(frozen=True, slots=True)
class NarrowedActor:
    """Somebody with the same permissions, whose selectors start at one office."""

    whole: Actor
    scope_paths: Sequence[str]

    @property
    def actor_id(self) -> int | None:
        return self.whole.actor_id

    @property
    def actor_label(self) -> str:
        return self.whole.actor_label

    @property
    def unit_path(self) -> str:
        return self.whole.unit_path

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.whole.has_perm(perm, obj)


def narrowed(actor: Actor, path: str) -> Actor:
    """The actor looking at the office `path` and below alone; an empty path changes nothing.

    Raises:
        Refused: the office is none of the actor's.
    """
    if not path:
        return actor
    if not is_within(path, actor.scope_paths):
        raise Refused(_("This office is none of yours."))
    return NarrowedActor(actor, (path,))
