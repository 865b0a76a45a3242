"""The forms of advertisements and approvals, and of what is captured by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts.actions.capture_ads import LONGEST_TEXT
from zhixing.apps.adverts.categories import category_choices
from zhixing.apps.adverts.families import family_choices
from zhixing.apps.adverts.models import Ad, Approval
from zhixing.apps.media.api import Medium, media_visible
from zhixing.apps.registry.api import DateField, OfficeField, PlacedForm, SubjectField


class AdForm(PlacedForm):
    """What is known of an advertisement besides its words, which are evidence and stay."""

    category = forms.ChoiceField(
        label=_("Product category"), choices=category_choices, required=False
    )
    advertiser = SubjectField(
        label=_("Advertiser in the register"),
        required=False,
        help_text=_("Code or full name, if it is an operator here."),
    )
    agent = SubjectField(label=_("Agent in the register"), required=False)

    class Meta:
        model = Ad
        fields = (
            "title",
            "category",
            "is_whole",
            "product",
            "advertiser",
            "advertiser_name",
            "agent",
            "agent_name",
            "endorser",
        )


class ApprovalForm(PlacedForm):
    """An advertising approval."""

    unit_path = OfficeField(label=_("Office"))
    applicant = SubjectField(
        label=_("Applicant in the register"),
        required=False,
        help_text=_("Code or full name, if it is an operator here."),
    )
    valid_from = DateField(label=_("Valid from"))
    valid_to = DateField(
        label=_("Valid to"), help_text=_("Left empty, the longest term of the law is taken.")
    )

    class Meta:
        model = Approval
        fields = (
            "number",
            "kind",
            "product",
            "applicant",
            "applicant_name",
            "valid_from",
            "valid_to",
            "status",
            "licence_number",
            "content",
            "unit_path",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].required = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            told = {"start": first, "end": last}
            self.add_error(
                "valid_to",
                _("Expected a day on or after %(start)s, found %(end)s.") % told,
            )
        return values


class CaptureForm(forms.Form):
    """Words pasted, or files; and where and when the advertisement was seen."""

    text = forms.CharField(
        label=_("Words of the advertisement"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("As printed or spoken. Part several advertisements by a line of dashes: ---"),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_(
            "Text, web page (HTML), Word (DOCX) or WARC is read; a picture is kept as evidence of "
            "the words above. Broadcast logs (XLSX, CSV) go through the import."
        ),
    )
    medium = forms.ModelChoiceField(
        Medium.objects.none(), label=_("Medium"), required=False,
        help_text=_("From the register of media."),
    )  # fmt: skip
    medium_name = forms.CharField(
        label=_("Medium, if it is not in the register"), max_length=120, required=False
    )
    shown_on = DateField(label=_("Seen on"))
    category = forms.ChoiceField(
        label=_("Product category"), choices=category_choices, required=False
    )
    advertiser_name = forms.CharField(label=_("Advertiser"), max_length=200, required=False)
    product = forms.CharField(label=_("Product"), max_length=120, required=False)
    url = forms.CharField(label=_("Address"), max_length=500, required=False)
    seconds = forms.IntegerField(
        label=_("Duration, seconds"), required=False, min_value=0, max_value=86_400
    )
    area_cm2 = forms.IntegerField(
        label=_("Area, cm²"), required=False, min_value=0, max_value=10_000_000
    )
    page = forms.CharField(label=_("Page"), max_length=40, required=False)
    is_whole = forms.BooleanField(
        label=_("This is the whole advertisement"),
        required=False,
        help_text=_("Then statements that the law asks for and that are missing are found too."),
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        media: Any = self.fields["medium"]
        media.queryset = media_visible(actor).order_by("name", "pk")
        self.fields["shown_on"].required = True
        self.initial.setdefault("shown_on", timezone.localdate())


def _families() -> list[tuple[str, str]]:
    return [("", _("What is wrong")), *family_choices()]  # type: ignore[list-item]


class MissedForm(forms.Form):
    """What the rules have missed: words of the text and what is wrong with them."""

    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=500,
        strip=False,
        help_text=_("Mark them in the text, or copy them here as they stand."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    family = forms.ChoiceField(label=_("What is wrong"), choices=_families, required=False)
    is_serious = forms.BooleanField(label=_("Serious"), required=False)


class SharesForm(forms.Form):
    """Shares of second readings, in percent."""

    double_share = forms.FloatField(
        label=_("Read by two officers, percent"), min_value=0, max_value=100
    )
    sample_share = forms.FloatField(
        label=_("Read though nothing was found, percent"), min_value=0, max_value=100
    )


class ReasonForm(forms.Form):
    """Why a reading is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class FolderForm(forms.Form):
    """A folder to watch, and the medium its files are of."""

    folder = forms.CharField(label=_("Folder below the drop folder"), max_length=120)
    medium = forms.ModelChoiceField(Medium.objects.none(), label=_("Medium"), required=False)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        media: Any = self.fields["medium"]
        media.queryset = media_visible(actor).order_by("name", "pk")


class KeyForm(forms.Form):
    """A key for another system."""

    name = forms.CharField(label=_("System that uses the key"), max_length=80)
