"""Who may read, write, review and withdraw precedents."""

from __future__ import annotations

from typing import Any

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Officer, Role, has_role, in_scope
from zhixing.apps.precedents.models import Precedent


@rules.predicate
def is_in_library(_actor: Officer, obj: Any = None) -> bool:
    """Whether the precedent was reviewed and published: then every officer may read it."""
    return obj is not None and obj.state == Precedent.State.PUBLISHED


REVIEWERS = (Role.HEAD, Role.OFFICER, Role.LEADER)

rules.add_perm("precedents.view_precedent", has_role(*STAFF) & (in_scope | is_in_library))
rules.add_perm("precedents.add_precedent", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("precedents.change_precedent", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("precedents.draft_precedent", has_role(Role.HEAD) & in_scope)
rules.add_perm("precedents.publish_precedent", has_role(*REVIEWERS) & in_scope)
rules.add_perm("precedents.withdraw_precedent", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("precedents.import_precedent", has_role(Role.HEAD, Role.OFFICER, Role.REPORTER))
rules.add_perm("precedents.export_precedent", has_role(*STAFF) & (in_scope | is_in_library))
