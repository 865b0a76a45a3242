"""The forms of labels, of their roles, and of a contract's text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.chains.models import Label, LabelParty
from zhixing.apps.registry.api import (
    DateField,
    ListField,
    MarkField,
    OfficeField,
    PlacedForm,
    SubjectField,
)

LONGEST_CONTRACT = 30_000
EMPTY_LINES = 3


class LabelForm(PlacedForm):
    """A product label; only text and day are needed, the rest is read from the text."""

    unit_path = OfficeField(label=_("Office"))
    text = forms.CharField(
        label=_("Label text"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("As printed, with line breaks. Parties, brand and numbers are read from it."),
        strip=True,
    )
    seen_on = DateField(label=_("Seen on"))
    mark = MarkField(
        label=_("Mark in the register"), required=False, help_text=_("Its registration number.")
    )
    seller = SubjectField(
        label=_("Seller in the register"),
        required=False,
        help_text=_("Code or full name, if it is an operator here."),
    )
    nice_classes = ListField(
        label=_("Nice classes"),
        required=False,
        help_text=_("1 to 45, with commas between them; empty: those of the mark."),
    )

    class Meta:
        model = Label
        fields = (
            "text",
            "seen_on",
            "seller",
            "seller_name",
            "place",
            "brand",
            "product",
            "barcode",
            "mark",
            "nice_classes",
            "number",
            "unit_path",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_on"].required = True
        if self.is_new:
            self.initial.setdefault("seen_on", timezone.localdate())


class PartyForm(forms.Form):
    """One line of the roles; a line without a name is left out."""

    role = forms.ChoiceField(label=_("Role on the label"), choices=LabelParty.Role.choices)
    name = forms.CharField(label=_("Name"), max_length=200, required=False, strip=True)


PartyFormSet = forms.formset_factory(PartyForm, extra=EMPTY_LINES, max_num=60)


class ContractTextForm(forms.Form):
    """The text of a contract, pasted."""

    text = forms.CharField(
        label=_("Text of the contract"),
        max_length=LONGEST_CONTRACT,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Paste the whole text; nothing is kept until you have confirmed what was read."
        ),
    )
