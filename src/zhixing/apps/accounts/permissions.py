"""The predicates that every app's `rules.py` combines: role, jurisdiction."""

from __future__ import annotations

from typing import Any

import rules

from zhixing.apps.accounts.models import Officer, Role
from zhixing.kit.scope import is_within

# Reading is for everyone who works on supervision; the auditor and the administrator see the
# book and the accounts, not the business (separation of the three administrators).
STAFF = (
    Role.LEADER,
    Role.HEAD,
    Role.OFFICER,
    Role.SAMPLER,
    Role.REPORTER,
)
CASE_WORKERS = (Role.HEAD, Role.OFFICER)


def has_role(*roles: str) -> Any:
    """Whether the actor holds one of the roles today."""

    @rules.predicate(f"has_role:{'|'.join(roles)}")
    def holds(actor: Officer) -> bool:
        return actor.is_active and actor.has_role(*roles)

    return holds


@rules.predicate
def in_scope(actor: Officer, obj: Any = None) -> bool:
    """Whether the object lies in the actor's offices; a question about no object passes."""
    if obj is None:
        return True
    path = obj.path if hasattr(obj, "path") and not hasattr(obj, "unit_path") else obj.unit_path
    return is_within(path, actor.scope_paths)
