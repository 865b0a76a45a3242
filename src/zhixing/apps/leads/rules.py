"""Who may see, assign and dispose of leads."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope

rules.add_perm("leads.view_lead", has_role(*STAFF) & in_scope)
rules.add_perm("leads.raise_lead", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("leads.assign_lead", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("leads.take_lead", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("leads.dispose_lead", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("leads.export_lead", has_role(*STAFF) & in_scope)
