"""Who may see, bring on and recommend marks."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope

KEEPERS = (Role.HEAD, Role.OFFICER, Role.REPORTER)
keeper = has_role(*KEEPERS) & in_scope

rules.add_perm("trademarks.view_cultivation", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.add_cultivation", keeper)
rules.add_perm("trademarks.change_cultivation", keeper)
rules.add_perm("trademarks.bulk_change_cultivation", has_role(Role.HEAD, Role.REPORTER) & in_scope)
rules.add_perm("trademarks.step_cultivation", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("trademarks.assign_cultivation", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("trademarks.export_cultivation", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.import_cultivation", has_role(Role.HEAD, Role.REPORTER))

# Targets are set by those who answer for offices, not by the offices that are to meet them.
rules.add_perm("trademarks.view_officetarget", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.add_officetarget", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("trademarks.change_officetarget", has_role(Role.HEAD, Role.LEADER) & in_scope)
rules.add_perm("trademarks.export_officetarget", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.import_officetarget", has_role(Role.HEAD, Role.LEADER))

rules.add_perm("trademarks.view_reminder", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.tell_reminder", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("trademarks.export_reminder", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.find_reminder", has_role(*CASE_WORKERS) & in_scope)
# A use is seen where the goods are, whichever office looks after the mark.
rules.add_perm("trademarks.view_markuse", has_role(*STAFF))
rules.add_perm("trademarks.add_markuse", has_role(*CASE_WORKERS) & in_scope)

rules.add_perm("trademarks.view_usecheck", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.add_usecheck", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("trademarks.change_usecheck", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("trademarks.export_usecheck", has_role(*STAFF) & in_scope)

rules.add_perm("trademarks.view_dossier", has_role(*STAFF) & in_scope)
rules.add_perm("trademarks.add_dossier", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("trademarks.change_dossier", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("trademarks.export_dossier", has_role(*STAFF) & in_scope)
# What leaves the house goes through the head or a leader.
rules.add_perm("trademarks.send_dossier", has_role(Role.HEAD, Role.LEADER) & in_scope)
