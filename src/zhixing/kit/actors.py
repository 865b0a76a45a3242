"""Who acts: an officer, or the system on a named occasion (a job, a command, an import)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """What permission checks, selectors and the audit need to know of whoever acts."""

    @property
    def actor_id(self) -> int | None:
        """The officer's primary key; None for the system."""

    @property
    def actor_label(self) -> str:
        """The name that stands in the audit entry."""

    @property
    def unit_path(self) -> str:
        """Path of the office the actor belongs to; empty for the system."""

    @property
    def scope_paths(self) -> Sequence[str]:
        """Org-unit path prefixes whose rows the actor may see; `("",)` sees everything."""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the actor holds the permission, on the object if one is given."""


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The platform itself, acting on a named occasion such as `job brands.sweep`.

    It sees and may do everything; what it did stands in the audit under its occasion.
    """

    occasion: str
    actor_id: int | None = None
    unit_path: str = ""
    scope_paths: Sequence[str] = ("",)

    @property
    def actor_label(self) -> str:
        return f"system: {self.occasion}"

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return True


def require(actor: Actor, perm: str, obj: Any = None) -> None:
    """Pass if the actor holds `perm` (on `obj`), else refuse.

    Raises:
        Refused: the actor lacks the permission or the object lies outside the actor's offices.
    """
    from django.utils.translation import gettext as _

    from zhixing.kit.errors import Refused

    if not actor.has_perm(perm, obj):
        raise Refused(
            _("Your office or role does not allow this. Ask the office head if you need it.")
        )
