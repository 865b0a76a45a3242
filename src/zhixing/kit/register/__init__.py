"""The generic register: list, filters, search, page, forms, bulk edit, change log, files."""

from zhixing.kit.register.base import Facts, Permissions, Register, Section
from zhixing.kit.register.columns import OFFICE, Column
from zhixing.kit.register.forms import RegisterForm
from zhixing.kit.register.saving import Stale, apply_changes, fresh_row, validate

__all__ = [
    "OFFICE",
    "Column",
    "Facts",
    "Permissions",
    "Register",
    "RegisterForm",
    "Section",
    "Stale",
    "apply_changes",
    "fresh_row",
    "validate",
]
