"""Who may read, enter, change and import the registers."""

import rules

from zhixing.apps.accounts.api import STAFF, Role, has_role, in_scope

KEEPERS = (Role.HEAD, Role.OFFICER, Role.REPORTER)

for noun in ("subject", "licence", "trademark", "authorisation"):
    # A mark kept by the bureau is read by all its offices, so reading asks the role alone; the
    # selectors decide which rows an officer sees.
    rules.add_perm(f"registry.view_{noun}", has_role(*STAFF))
    rules.add_perm(f"registry.add_{noun}", has_role(*KEEPERS) & in_scope)
    rules.add_perm(f"registry.change_{noun}", has_role(*KEEPERS) & in_scope)
    rules.add_perm(f"registry.bulk_change_{noun}", has_role(Role.HEAD, Role.REPORTER))
    rules.add_perm(f"registry.export_{noun}", has_role(*STAFF))
    rules.add_perm(
        f"registry.import_{noun}", has_role(Role.HEAD, Role.REPORTER, Role.ADMINISTRATOR)
    )
