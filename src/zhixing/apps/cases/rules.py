"""Who may work on cases, review them and decide them."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope

sees = has_role(*STAFF) & in_scope
works = has_role(*CASE_WORKERS) & in_scope
heads = has_role(Role.HEAD, Role.LEADER) & in_scope

for noun in ("case", "caseevidence"):
    rules.add_perm(f"cases.view_{noun}", sees)
    rules.add_perm(f"cases.export_{noun}", sees)
    rules.add_perm(f"cases.add_{noun}", works)
    rules.add_perm(f"cases.change_{noun}", works)

rules.add_perm("cases.view_certificate", sees)
rules.add_perm("cases.add_certificate", heads)
rules.add_perm("cases.change_certificate", heads)
# The parts of the procedure (`by` of the law table); that nobody plays two of them in one case is
# a guard, not a role.
rules.add_perm("cases.handler_case", works)
rules.add_perm("cases.head_case", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("cases.reviewer_case", has_role(*CASE_WORKERS, Role.LEADER) & in_scope)
rules.add_perm("cases.leader_case", heads)
