"""The forms of an import: the file, the columns, the decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from zhixing.kit.actors import Actor
from zhixing.kit.exchange.importer import Importer
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.staging import Head
from zhixing.kit.masking import mask

ACCEPT = ".csv,.tsv,.txt,.gz,.xlsx,.xls,.xlsb,.ods"


class UploadForm(forms.Form):
    """Which file, for which office."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, TSV (also .gz), XLSX, XLS or ODS; the first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    office = forms.ChoiceField(
        label=_("Office"), help_text=_("The office that answers for these rows.")
    )

    def __init__(self, *args: Any, importer: Importer, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = importer.offices(actor)


class MappingForm(forms.Form):
    """One choice for each column of the file, one text for each field that may be fixed."""

    def __init__(
        self, *args: Any, importer: Importer, run: ImportRun, head: Head, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._head = head
        self._importer = importer
        self._run = run
        choices = [("", _("leave out")), *((c.name, c.label) for c in importer.fields)]
        for place, heading in enumerate(head.header):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=run.mapping.get(heading, ""),
            )
        for column in importer.fields:
            self.fields[f"fixed-{column.name}"] = (
                forms.ChoiceField(
                    label=column.label,
                    choices=[("", _("none")), *column.choices.items()],
                    required=False,
                    initial=run.constants.get(column.name, ""),
                )
                if column.choices
                else forms.CharField(
                    label=column.label,
                    required=False,
                    max_length=column.max_length or 200,
                    help_text=column.help,
                    initial=run.constants.get(column.name, ""),
                )
            )

    @property
    def columns(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Each column's choice with its first values, personal ones masked."""
        for place, heading in enumerate(self._head.header):
            name = self._run.mapping.get(heading, "")
            personal = self._importer.field(name).personal if name else ""
            samples = self._head.samples(heading)
            yield (
                self[f"column-{place}"],
                [mask(personal, sample) for sample in samples] if personal else samples,
            )

    @property
    def fixed(self) -> list[BoundField]:
        """The fields for one value in all rows."""
        return [self[f"fixed-{column.name}"] for column in self._importer.fields]

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field name, "" where left out."""
        return {
            heading: self.cleaned_data[f"column-{place}"]
            for place, heading in enumerate(self._head.header)
        }

    @property
    def constants(self) -> dict[str, str]:
        """Field name → text for all rows."""
        return {c.name: self.cleaned_data[f"fixed-{c.name}"] for c in self._importer.fields}


class CommitForm(forms.Form):
    """In which mode a checked run is written."""

    mode = forms.ChoiceField(choices=ImportRun.Mode.choices, widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why a run is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
