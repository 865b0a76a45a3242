"""The form for a proof bundle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    """Which entries the bundle holds, and what it is for."""

    first = forms.IntegerField(label=_("From number"), min_value=1, initial=1)
    last = forms.IntegerField(
        label=_("To number"), min_value=1, required=False,
        help_text=_("Empty: up to the newest entry."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who asks for the proof and why; it stays in the audit."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Expected a number from %(first)d on.") % {"first": first})
        return cleaned
