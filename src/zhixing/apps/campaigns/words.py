"""Sentences that form and action of a campaign share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _


def ends_too_early(start: date) -> str:
    """What is said of a last day before the first."""
    return _("The campaign begins on %(start)s and cannot end before.") % {"start": start}
