"""Who may read, enter, correct and check product labels and their chains."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope

KEEPERS = (Role.HEAD, Role.OFFICER, Role.SAMPLER, Role.REPORTER)

rules.add_perm("chains.view_label", has_role(*STAFF) & in_scope)
rules.add_perm("chains.add_label", has_role(*KEEPERS) & in_scope)
rules.add_perm("chains.change_label", has_role(*KEEPERS) & in_scope)
rules.add_perm("chains.confirm_label", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("chains.import_label", has_role(*KEEPERS))
rules.add_perm("chains.export_label", has_role(*STAFF) & in_scope)
rules.add_perm("chains.view_chainfinding", has_role(*STAFF) & in_scope)
rules.add_perm("chains.export_chainfinding", has_role(*STAFF) & in_scope)
rules.add_perm("chains.check_chains", has_role(*CASE_WORKERS) & in_scope)
