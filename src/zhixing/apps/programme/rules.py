"""Who reads the board, and who sets owners and targets."""

from __future__ import annotations

from typing import Any

import rules

from zhixing.apps.accounts.api import STAFF, Officer, Role, has_role

SETS = (Role.LEADER, Role.HEAD)


@rules.predicate
def leads_the_bureau(actor: Officer, obj: Any = None) -> bool:
    """Whether the actor leads or heads the city bureau itself (that of the object, if given).

    A role at a district or an office of the bureau does not count.
    """
    if not actor.is_active:
        return False
    places = [path for role, path in actor.current_roles if role in SETS]
    return any(
        path == obj.unit_path if obj is not None else path.count("/") == 1 for path in places
    )


rules.add_perm("programme.view_programme", has_role(*STAFF))
rules.add_perm("programme.adopt_programme", leads_the_bureau)
rules.add_perm("programme.change_item", leads_the_bureau)
