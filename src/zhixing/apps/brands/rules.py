"""Who may keep watch lists, record sightings, and start sweeps."""

import rules

from zhixing.apps.accounts.api import STAFF, Role, has_role, in_scope

keeper = has_role(Role.HEAD, Role.OFFICER) & in_scope
reporter = has_role(Role.HEAD, Role.OFFICER, Role.SAMPLER, Role.REPORTER)

rules.add_perm("brands.view_watchedmark", has_role(*STAFF) & in_scope)
rules.add_perm("brands.add_watchedmark", keeper)
rules.add_perm("brands.change_watchedmark", keeper)
rules.add_perm("brands.import_watchedmark", has_role(Role.HEAD, Role.OFFICER, Role.REPORTER))
rules.add_perm("brands.export_watchedmark", has_role(*STAFF) & in_scope)
rules.add_perm("brands.view_sighting", has_role(*STAFF) & in_scope)
rules.add_perm("brands.add_sighting", reporter & in_scope)
rules.add_perm("brands.change_sighting", reporter & in_scope)
rules.add_perm("brands.import_sighting", reporter)
rules.add_perm("brands.export_sighting", has_role(*STAFF) & in_scope)
rules.add_perm("brands.view_hit", has_role(*STAFF) & in_scope)
rules.add_perm("brands.export_hit", has_role(*STAFF) & in_scope)
rules.add_perm("brands.view_sweep", has_role(*STAFF) & in_scope)
rules.add_perm("brands.start_sweep", keeper)
