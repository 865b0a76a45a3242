"""The form of the search before filing, for officers and for the public site."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhixing.apps.clearance.query import TEXT_LENGTH, Query, make_query
from zhixing.engines.figures import MAX_BYTES
from zhixing.kit.errors import Invalid

_BETWEEN = re.compile(r"[\s,，、;；]+")


class CodesField(forms.CharField):
    """Several short codes with commas or spaces between them; a list of texts."""

    def to_python(self, value: Any) -> Any:
        return [part for part in _BETWEEN.split(super().to_python(value) or "") if part]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


class SearchForm(forms.Form):
    """What somebody wants to file."""

    text = forms.CharField(
        label=_("Name of the mark"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("As it would be filed: Chinese, letters or digits."),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG, JPEG, WebP, GIF or BMP, at most 10 MB; it is compared and not kept."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.gif,.bmp"}),
    )
    nice_classes = CodesField(
        label=_("Nice classes"),
        required=False,
        max_length=200,
        help_text=_("1 to 45, with commas between them; without a class all goods are shown."),
    )
    similar_groups = CodesField(
        label=_("Similar groups"),
        required=False,
        max_length=400,
        help_text=_("Four digits each, such as 3003, if you know them."),
    )

    def clean(self) -> dict[str, Any]:
        """Check everything together; what is wrong stands beside its field."""
        given = super().clean() or {}
        if self.errors:
            return given
        upload = given.get("picture")
        picture = upload.read(MAX_BYTES + 1) if upload else b""
        try:
            self.query: Query = make_query(
                given["text"], picture, given["nice_classes"], given["similar_groups"]
            )
        except Invalid as error:
            self.add_refusal(error)
        return given

    def add_refusal(self, error: Invalid) -> None:
        """Show what was found wrong beside its field; a picture that is unusable beside it."""
        if not error.fields:
            self.add_error("picture" if self.files else None, str(error))
        for name, texts in error.fields.items():
            self.add_error(name if name in self.fields else None, " ".join(texts))


class CompareForm(forms.Form):
    """Two names."""

    a = forms.CharField(label=_("The earlier mark or name"), max_length=TEXT_LENGTH)
    b = forms.CharField(label=_("The name compared with it"), max_length=TEXT_LENGTH)
