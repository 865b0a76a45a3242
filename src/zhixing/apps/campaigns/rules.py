"""Who may see, plan and close campaigns."""

from __future__ import annotations

from typing import Any

import rules

from zhixing.apps.accounts.api import STAFF, Officer, Role, has_role, in_scope
from zhixing.kit.scope import is_within


@rules.predicate
def of_an_office_above(actor: Officer, obj: Any = None) -> bool:
    """Whether the campaign is that of an office above the actor's own."""
    return obj is not None and is_within(actor.unit_path, [obj.unit_path])


planner = has_role(Role.HEAD, Role.LEADER) & in_scope

rules.add_perm("campaigns.view_campaign", has_role(*STAFF) & (in_scope | of_an_office_above))
rules.add_perm("campaigns.add_campaign", planner)
rules.add_perm("campaigns.change_campaign", planner)
rules.add_perm("campaigns.close_campaign", planner)
rules.add_perm("campaigns.export_campaign", has_role(*STAFF) & (in_scope | of_an_office_above))
