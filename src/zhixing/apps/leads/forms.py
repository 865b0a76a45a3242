"""Forms of the lead page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import CASE_WORKERS, Officer, officers_visible
from zhixing.apps.leads.actions.check_act import NOTE_LENGTH, Given
from zhixing.apps.leads.checklist import Checklist
from zhixing.apps.leads.models import Lead, LeadAnswer
from zhixing.apps.registry.api import DateField, PlacedForm, SubjectField
from zhixing.kit.actors import Actor
from zhixing.kit.acts import act_choices
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


class LeadEntryForm(PlacedForm):
    """A lead entered by hand: what was reported, about whom, what kind of act it may be."""

    source = forms.ChoiceField(choices=Lead.Source.choices, label=_("Where it comes from"))
    reference = forms.CharField(
        label=_("Number of the complaint or file"), max_length=60, required=False
    )
    act_kind = forms.ChoiceField(choices=act_choices, label=_("Kind of act"))
    title = forms.CharField(label=_("In one line"), max_length=200)
    facts = forms.CharField(
        label=_("What was reported"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What, where, when. No names, telephone or identity numbers of complainants."),
    )
    subject = SubjectField(
        label=_("Operator"), required=False, help_text=_("Code or full name; empty if not known.")
    )
    protected = forms.CharField(
        label=_("Name or mark imitated"), max_length=120, required=False,
        help_text=_("With both names the platform shows in what they are alike."),
    )  # fmt: skip
    accused = forms.CharField(label=_("Name or mark complained of"), max_length=120, required=False)
    acted_on = DateField(label=_("Day of the act"), help_text=_("The law of that day applies."))
    received_on = DateField(
        label=_("Received on"), help_text=_("The check clock runs from it; empty: today.")
    )

    class Meta:
        model = Lead
        fields = ["act_kind", "title", "subject", "acted_on"]

    field_order = (
        "source", "reference", "act_kind", "title", "facts", "subject", "protected", "accused",
        "acted_on", "received_on",
    )  # fmt: skip


class ActForm(forms.Form):
    """What kind of act is suspected, and when it was done."""

    act_kind = forms.ChoiceField(choices=act_choices, label=_("Kind of act"))
    acted_on = DateField(label=_("Day of the act"), help_text=_("The law of that day applies."))


class ChecklistForm(forms.Form):
    """Answer, note and file for each item of a checklist."""

    def __init__(self, *args: Any, checklist: Checklist, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        for line in checklist.lines:
            code, given = line.item.code, line.answer
            self.fields[f"answer-{code}"] = forms.ChoiceField(
                label=line.text, choices=LeadAnswer.Answer.choices, widget=forms.RadioSelect,
                required=False, initial=given.answer if given else "",
                help_text=line.evidence,
            )  # fmt: skip
            self.fields[f"note-{code}"] = forms.CharField(
                label=_("Note"), max_length=NOTE_LENGTH, required=False,
                initial=given.note if given else "", widget=forms.Textarea(attrs={"rows": 1}),
            )  # fmt: skip
            self.fields[f"file-{code}"] = forms.FileField(label=_("Evidence"), required=False)

    def rows(self) -> list[dict[str, Any]]:
        """Each item with its bound fields, for the page."""
        return [
            {
                "line": line,
                "answer": self[f"answer-{line.item.code}"],
                "note": self[f"note-{line.item.code}"],
                "file": self[f"file-{line.item.code}"],
            }
            for line in self.checklist.lines
        ]

    def given(self) -> dict[str, Given]:
        """What was said on each item (call after `is_valid()`)."""
        values = self.cleaned_data
        return {
            line.item.code: Given(
                values[f"answer-{line.item.code}"],
                values[f"note-{line.item.code}"],
                values[f"file-{line.item.code}"],
            )
            for line in self.checklist.lines
        }
