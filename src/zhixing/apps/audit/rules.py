"""Who may read the book and who may read personal data unmasked."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, Role, has_role, in_scope

rules.add_perm("audit.view_auditentry", has_role(Role.AUDITOR))
rules.add_perm("audit.export_proof", has_role(Role.AUDITOR))
rules.add_perm("audit.reveal_personal", has_role(*CASE_WORKERS) & in_scope)
