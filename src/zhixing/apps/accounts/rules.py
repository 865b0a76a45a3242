"""Who may look after offices, regions and officers."""

import rules

from zhixing.apps.accounts.models import Role
from zhixing.apps.accounts.permissions import CASE_WORKERS, STAFF, has_role, in_scope

is_administrator = has_role(Role.ADMINISTRATOR)

rules.add_perm("accounts.view_orgunit", has_role(*STAFF, Role.ADMINISTRATOR, Role.AUDITOR))
rules.add_perm("accounts.change_orgunit", is_administrator & in_scope)
rules.add_perm(
    "accounts.view_officer", has_role(Role.HEAD, Role.LEADER, Role.ADMINISTRATOR) & in_scope
)
rules.add_perm("accounts.change_officer", is_administrator & in_scope)
rules.add_perm("accounts.import_region", is_administrator)
# The kit lies below the roles, so what may be done with its own pages is said here.
rules.add_perm("kit.view_job", has_role(*STAFF, Role.ADMINISTRATOR))
rules.add_perm("kit.steer_job", has_role(Role.HEAD, Role.ADMINISTRATOR) & in_scope)
# Papers: who works on cases writes and issues them; what they say is decided in their own app.
rules.add_perm("kit.view_paper", has_role(*STAFF) & in_scope)
rules.add_perm("kit.add_paper", has_role(*CASE_WORKERS, Role.LEADER) & in_scope)
rules.add_perm("kit.issue_paper", has_role(*CASE_WORKERS, Role.LEADER) & in_scope)
rules.add_perm("kit.view_components", is_administrator)
