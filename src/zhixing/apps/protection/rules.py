"""Who may keep the files of trade-mark protection, decide in them, and see them."""

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope

sees = has_role(*STAFF) & in_scope
works = has_role(*CASE_WORKERS) & in_scope
heads = has_role(Role.HEAD, Role.LEADER) & in_scope

for noun in (
    "infringementfile", "crimetransfer", "assistancerequest",
    "oementerprise", "oemorder", "market", "markinspection",
):  # fmt: skip
    rules.add_perm(f"protection.view_{noun}", sees)
    rules.add_perm(f"protection.export_{noun}", sees)
    rules.add_perm(f"protection.add_{noun}", works)
    rules.add_perm(f"protection.change_{noun}", works)

for noun in ("oementerprise", "oemorder", "market"):
    rules.add_perm(f"protection.import_{noun}", has_role(Role.HEAD, Role.OFFICER, Role.REPORTER))

rules.add_perm("protection.decide_infringementfile", works)
# The head of the agency approves or refuses a transfer (Order 310 art 5).
rules.add_perm("protection.approve_crimetransfer", heads)
