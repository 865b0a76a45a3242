"""Forms of the brand guard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.models import NameKind, Sighting, WatchedMark
from zhixing.apps.brands.models.sighting import TEXT_LENGTH
from zhixing.apps.registry.api import (
    DateField,
    ListField,
    OfficeField,
    PlacedForm,
    SubjectField,
)

# Of a label, which is the longest; what a register takes is its own to say.
LONGEST = 5_000


class WatchedMarkForm(PlacedForm):
    """A brand to protect."""

    territory = ListField(
        label=_("Territory"),
        required=False,
        help_text=_("Division codes where protection is claimed; empty for everywhere."),
    )
    nice_classes = ListField(
        label=_("Nice classes"), required=False, help_text=_("1 to 45, with commas between them.")
    )
    similar_groups = ListField(
        label=_("Similar groups"),
        required=False,
        help_text=_("Four digits each, with commas between them."),
    )

    class Meta:
        model = WatchedMark
        fields = (
            "text",
            "protection",
            "holder_name",
            "nice_classes",
            "similar_groups",
            "territory",
            "note",
            "is_active",
        )


class SightingForm(PlacedForm):
    """A name that was seen, with everything known about it."""

    unit_path = OfficeField(label=_("Office"))
    text = forms.CharField(
        label=_("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As it is written."),
    )
    subject = SubjectField(
        label=_("Operator"), required=False, help_text=_("Code or full name, if known.")
    )
    seen_on = DateField(label=_("Seen on"))
    nice_classes = ListField(
        label=_("Nice classes"), required=False, help_text=_("1 to 45, with commas between them.")
    )

    class Meta:
        model = Sighting
        fields = (
            "kind",
            "text",
            "seen_at",
            "seen_on",
            "subject",
            "address_of_page",
            "nice_classes",
            "unit_path",
            "longitude",
            "latitude",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_on"].required = True
        if self.is_new:
            self.initial.setdefault("seen_on", timezone.localdate().isoformat())


class QuickForm(forms.Form):
    """What an officer types standing in front of the shop: kind, text, place, a photo."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("As it is written; of a label, line by line."),
    )
    seen_at = forms.CharField(
        label=_("Where seen"),
        max_length=200,
        required=False,
        help_text=_("Market, street and number, or platform and shop."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        """Offer the kinds of names that the officer may enter."""
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, NameKind(kind).label) for kind in kinds]
