"""Words of a campaign's plan on its report."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from zhixing.kit.acts import act_label
from zhixing.kit.register.columns import listed
from zhixing.kit.scope import office_names

register = template.Library()


@register.filter
def acts(codes: list[str]) -> str:
    """Kinds of act in words; none given means all."""
    return listed(act_label(code) for code in codes) if codes else _("all")


@register.filter
def offices(paths: list[str]) -> str:
    """Offices by name."""
    names = office_names(paths)
    return listed(names.get(path, path) for path in paths)
