"""Who may propose, decide and see measures of ad discipline."""

from typing import Any

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope
from zhixing.kit.scope import is_within


@rules.predicate
def at_either_end(actor: Any, dispatch: Any = None) -> bool:
    """Whether the actor's offices sent it or received it."""
    if dispatch is None:
        return True
    return is_within(dispatch.unit_path, actor.scope_paths) or receives.test(actor, dispatch)


@rules.predicate
def receives(actor: Any, dispatch: Any = None) -> bool:
    """Whether it came to the actor's offices; its sender follows up one sent out of the city."""
    if dispatch is None:
        return True
    path = dispatch.to_path or dispatch.unit_path
    return is_within(path, actor.scope_paths)


sees = has_role(*STAFF) & in_scope
works = has_role(*CASE_WORKERS) & in_scope

for noun in ("sanction", "bulletin", "training", "trainingcall"):
    rules.add_perm(f"discipline.view_{noun}", sees)
    rules.add_perm(f"discipline.export_{noun}", sees)
    rules.add_perm(f"discipline.add_{noun}", works)
    rules.add_perm(f"discipline.change_{noun}", works)

# Measures on media are approved and lifted by the leader of the bureau.
rules.add_perm("discipline.decide_sanction", has_role(Role.LEADER) & in_scope)
rules.add_perm("discipline.view_rates", has_role(*STAFF))
rules.add_perm("discipline.view_dispatch", has_role(*STAFF) & at_either_end)
rules.add_perm("discipline.export_dispatch", has_role(*STAFF) & at_either_end)
rules.add_perm("discipline.add_dispatch", works)
rules.add_perm("discipline.change_dispatch", works)
rules.add_perm("discipline.answer_dispatch", has_role(*CASE_WORKERS) & receives)
