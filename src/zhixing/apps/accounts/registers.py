"""The officers, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.actions.manage_officers import create_officer
from zhixing.apps.accounts.filters import OfficerFilters
from zhixing.apps.accounts.forms import OfficerForm
from zhixing.apps.accounts.models import Officer
from zhixing.apps.accounts.selectors import officers_visible
from zhixing.kit.actors import Actor
from zhixing.kit.register import Column, Permissions, Register
from zhixing.kit.register.columns import Rows


def _current_roles(rows: Rows) -> dict[Any, str]:
    """Roles held today, from the assignments fetched with the page."""
    today = timezone.localdate()
    return {
        row.pk: "、".join(
            dict.fromkeys(
                held.get_role_display()
                for held in row.role_assignments.all()
                if held.is_current(today)
            )
        )
        for row in rows
        if isinstance(row, Officer)
    }


def _create(actor: Actor, values: Mapping[str, Any]) -> Officer:
    return create_officer(actor, **values)


class OfficerRegister(Register):
    """Everyone with an account in one's offices."""

    model = Officer
    app_name, slug = "accounts", "officers"
    label, label_one = _("Officers"), _("Account")
    permissions = Permissions(view="accounts.view_officer", add="accounts.change_officer")
    selector = staticmethod(officers_visible)
    columns = (
        Column("display_name", _("Full name"), sort="display_name", link=True),
        Column("username", _("User name"), sort="username"),
        Column("unit", _("Office")),
        Column("roles", _("Roles today"), resolve=_current_roles),
        Column("is_active", _("Account open"), badge={True: "good", False: "bad"}),
        Column("phone", _("Phone"), personal="phone", shown=False),
        Column("last_login", _("Last sign-in"), sort="last_login", shown=False),
    )
    default_sort = "display_name"
    filterset = OfficerFilters
    has_search = True
    search_hint = _("Name or user name")
    form = OfficerForm
    create = staticmethod(_create)
    detail = False
    empty_hint = _("No officer has an account in your offices yet.")

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(Q(display_name__icontains=text) | Q(username__icontains=text))
