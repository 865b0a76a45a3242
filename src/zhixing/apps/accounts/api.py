"""What other apps may use of accounts."""

from zhixing.apps.accounts.actions.manage_officers import create_officer
from zhixing.apps.accounts.actions.manage_offices import close_office, open_office
from zhixing.apps.accounts.models import Officer, OrgUnit, Region, Role
from zhixing.apps.accounts.permissions import CASE_WORKERS, STAFF, has_role, in_scope
from zhixing.apps.accounts.selectors import officers_visible, unit_names, units_visible

__all__ = [
    "CASE_WORKERS",
    "STAFF",
    "Officer",
    "OrgUnit",
    "Region",
    "Role",
    "close_office",
    "create_officer",
    "has_role",
    "in_scope",
    "officers_visible",
    "open_office",
    "unit_names",
    "units_visible",
]
