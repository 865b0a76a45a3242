"""Forms of the lead page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import CASE_WORKERS, Officer, officers_visible
from zhixing.apps.leads.models import Lead
from zhixing.kit.actors import Actor
from zhixing.kit.scope import with_offices_above


class DisposeForm(forms.Form):
    """The decision and its short reason."""

    disposition = forms.ChoiceField(choices=Lead.Disposition.choices, label=_("Decision"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; it stays in the file and teaches the engine."),
    )


class ReasonForm(forms.Form):
    """A reason alone, for deeds that need nothing else."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignForm(forms.Form):
    """The officer who is to check the lead: one who does so for its office."""

    officer = forms.ModelChoiceField(Officer.objects.none(), label=_("Officer"))

    def __init__(self, *args: object, actor: Actor, lead: Lead, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: forms.ModelChoiceField[Officer] = self.fields["officer"]  # type: ignore[assignment]
        field.queryset = (
            officers_visible(actor)
            .filter(
                is_active=True,
                role_assignments__role__in=CASE_WORKERS,
                role_assignments__unit__path__in=with_offices_above(lead.unit_path),
            )
            .distinct()
        )
