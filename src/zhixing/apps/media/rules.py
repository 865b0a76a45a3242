"""Who may keep the register of media, and plan, draw and record rounds."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope

KEEPERS = (Role.HEAD, Role.OFFICER, Role.REPORTER)

rules.add_perm("media.view_medium", has_role(*STAFF) & in_scope)
rules.add_perm("media.add_medium", has_role(*KEEPERS) & in_scope)
rules.add_perm("media.change_medium", has_role(*KEEPERS) & in_scope)
rules.add_perm("media.import_medium", has_role(*KEEPERS))
rules.add_perm("media.export_medium", has_role(*STAFF) & in_scope)
rules.add_perm("media.set_status", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("media.view_round", has_role(*STAFF) & in_scope)
rules.add_perm("media.add_round", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("media.change_round", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("media.draw_round", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("media.export_round", has_role(*STAFF) & in_scope)
rules.add_perm("media.view_mediumday", has_role(*STAFF) & in_scope)
rules.add_perm("media.change_mediumday", has_role(*KEEPERS) & in_scope)
rules.add_perm("media.export_mediumday", has_role(*STAFF) & in_scope)
