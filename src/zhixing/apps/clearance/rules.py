"""Who may search before filing and keep reports."""

import rules

from zhixing.apps.accounts.api import STAFF, Role, has_role, in_scope

rules.add_perm("clearance.search_marks", has_role(*STAFF))
rules.add_perm("clearance.view_searchreport", has_role(*STAFF) & in_scope)
rules.add_perm(
    "clearance.add_searchreport", has_role(Role.HEAD, Role.OFFICER, Role.REPORTER) & in_scope
)
rules.add_perm("clearance.export_searchreport", has_role(*STAFF))
