"""The form that takes evidence."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.kit.files.kinds import ALLOWED
from zhixing.kit.formats import file_size


class EvidenceForm(forms.Form):
    """A file and what it shows."""

    file = forms.FileField(label=gettext_lazy("File"))
    caption = forms.CharField(
        label=gettext_lazy("What it shows"), max_length=200, required=False, strip=True
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in ALLOWED)
        self.fields["file"].help_text = _("At most %(limit)s: %(kinds)s.") % {
            "limit": file_size(settings.EVIDENCE_MAX_BYTES),
            "kinds": ", ".join(ALLOWED),
        }
