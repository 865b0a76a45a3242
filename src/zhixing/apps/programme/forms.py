"""Forms of the programme: adopting it, putting somebody in charge, setting a target."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.accounts.api import Officer, OrgUnit, officers_visible, units_visible
from zhixing.apps.programme.board import ItemRow
from zhixing.apps.programme.models import Programme
from zhixing.kit.actors import Actor


def reason_field() -> forms.CharField:
    """The sentence that each of these deeds asks for."""
    return forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; it stays in the change log."),
    )


class UnitField(forms.ModelChoiceField):
    """One office, shown with its place in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        return "\u3000" * (obj.path.count("/") - 1) + str(obj)


class OfficerField(forms.ModelChoiceField):
    """One officer, shown with the office."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.unit}" if obj.unit else str(obj)


class BoardFilterForm(forms.Form):
    """Which year and which office the board shows."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    office = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(self, *args: Any, actor: Actor, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year_field: Any = self.fields["year"]
        year_field.choices = [(year, str(year)) for year in years]
        units = [unit for unit in units_visible(actor) if unit.closed_on is None]
        top = min((unit.path.count("/") for unit in units), default=0)
        office: Any = self.fields["office"]
        office.choices = [
            ("", _("All of my offices")),
            *((unit.path, "\u3000" * (unit.path.count("/") - top) + unit.name) for unit in units),
        ]


class AdoptForm(forms.Form):
    """The text and the years of a programme."""

    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("City bureau"), empty_label=None)
    source = forms.ChoiceField(label=_("Programme text"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    base_year = forms.IntegerField(
        label=_("Base year"), min_value=1990, max_value=2100,
        help_text=_("Figures without a target are held against this year."),
    )  # fmt: skip
    reason = reason_field()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        texts = {name: law.programme(name).header for name in law.programme_names()}
        this_year = timezone.localdate().year
        kwargs["initial"] = {
            "year": this_year,
            "base_year": this_year - 1,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = units_visible(actor).filter(kind=OrgUnit.Kind.CITY, closed_on__isnull=True)
        source: Any = self.fields["source"]
        source.choices = [(name, header.title_zh) for name, header in texts.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year, base_year = cleaned.get("year"), cleaned.get("base_year")
        if year and base_year and base_year >= year:
            self.add_error("base_year", _("Expected a year before %(year)d.") % {"year": year})
        return cleaned


class OwnerForm(forms.Form):
    """Who is in charge of an item."""

    unit = UnitField(OrgUnit.objects.none(), label=_("Office in charge"), required=False)
    officer = OfficerField(Officer.objects.none(), label=_("Officer in charge"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False,
        help_text=_("What whoever is in charge should know."),
    )  # fmt: skip
    reason = reason_field()

    def __init__(
        self, *args: Any, actor: Actor, programme: Programme, row: ItemRow, **kwargs: Any
    ) -> None:
        if row.setting is not None:
            kwargs["initial"] = {
                "unit": row.setting.owner_unit_id,
                "officer": row.setting.owner_officer_id,
                "note": row.setting.note,
            }
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = units_visible(actor).filter(
            closed_on__isnull=True, path__within=programme.unit_path
        )
        officer: Any = self.fields["officer"]
        officer.queryset = officers_visible(actor).filter(
            is_active=True, unit__path__within=programme.unit_path
        )


class TargetForm(forms.Form):
    """A target of the bureau's own; a share is typed in percent."""

    target = forms.FloatField(
        label=_("Target"), required=False, min_value=0,
        help_text=_("Empty: the programme's own target, or the base year."),
    )  # fmt: skip
    reason = reason_field()

    def __init__(self, *args: Any, row: ItemRow, **kwargs: Any) -> None:
        self.is_share = row.is_share
        if row.setting is not None and row.setting.target is not None:
            shown = row.setting.target * 100 if self.is_share else row.setting.target
            kwargs["initial"] = {"target": round(shown, 6)}
        super().__init__(*args, **kwargs)
        if self.is_share:
            self.fields["target"].label = _("Target in percent")

    def clean_target(self) -> float | None:
        """The target in the indicator's unit."""
        typed: float | None = self.cleaned_data["target"]
        if typed is None or not self.is_share:
            return typed
        if typed > 100:
            raise forms.ValidationError(
                _("Expected 0 to 100 percent, got %(typed)s.") % {"typed": f"{typed:g}"}
            )
        return typed / 100
