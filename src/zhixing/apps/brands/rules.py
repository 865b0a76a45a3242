"""Who may keep the watch list and start sweeps."""

import rules

from zhixing.apps.accounts.api import STAFF, Role, has_role, in_scope

keeper = has_role(Role.HEAD, Role.OFFICER) & in_scope

rules.add_perm("brands.view_watchedmark", has_role(*STAFF) & in_scope)
rules.add_perm("brands.add_watchedmark", keeper)
rules.add_perm("brands.change_watchedmark", keeper)
rules.add_perm("brands.import_watchedmark", has_role(Role.HEAD, Role.OFFICER, Role.REPORTER))
rules.add_perm("brands.export_watchedmark", has_role(*STAFF) & in_scope)
rules.add_perm("brands.view_sweep", has_role(*STAFF) & in_scope)
rules.add_perm("brands.start_sweep", keeper)
