"""Forms of the pages of campaigns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.accounts.api import units_visible
from zhixing.apps.campaigns.models import Campaign
from zhixing.apps.campaigns.words import ends_too_early
from zhixing.apps.leads.api import monitor_labels
from zhixing.apps.registry.api import ListField
from zhixing.kit.acts import act_choices, in_language
from zhixing.kit.measures import measures
from zhixing.kit.register import RegisterForm
from zhixing.kit.scope import office_names

Choices = list[tuple[str, str]]
FREE_RIDING = "二/(二)"


def _clauses() -> Choices:
    plan = law.programme()
    return [
        (clause.path, f"{clause.number} {in_language(clause, 'title')}")
        for clause in plan.clauses
        if clause.text
    ]


def _monitors() -> Choices:
    return [(code, str(label)) for code, label in monitor_labels().items()]


def measure_choices() -> Choices:
    """(code, words) of everything a campaign can count."""
    return [(code, str(measure.label)) for code, measure in measures().items()]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class _Ticks(forms.MultipleChoiceField):
    """Several of a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class CampaignForm(RegisterForm[Campaign]):
    """The plan of a campaign."""

    clause = forms.ChoiceField(choices=_clauses, label=_("Clause of the programme"))
    purpose = forms.CharField(
        label=_("Purpose"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    starts_on = _day(_("Begins on"))
    ends_on = _day(_("Ends on"))
    base_year = forms.IntegerField(
        label=_("Base year"), min_value=1990, max_value=2100,
        help_text=_("The same days of that year are counted for comparison."),
    )  # fmt: skip
    measures = _Ticks(label=_("What is counted"), choices=measure_choices)
    act_kinds = _Ticks(
        label=_("Kinds of act"), choices=act_choices, required=False,
        help_text=_("None ticked: all."),
    )  # fmt: skip
    monitors = _Ticks(
        label=_("Monitors"), choices=_monitors, required=False, help_text=_("None ticked: all.")
    )
    offices = _Ticks(label=_("Participating offices"))
    regions = ListField(
        label=_("Regions"), required=False,
        help_text=_("Division codes with commas between them; empty: all of the offices' areas."),
    )  # fmt: skip
    places = forms.CharField(
        label=_("Kinds of place"), required=False, max_length=300,
        help_text=_("For example wholesale markets, surroundings of schools."),
    )  # fmt: skip

    class Meta:
        model = Campaign
        fields = [
            "title", "clause", "starts_on", "ends_on", "base_year", "places", "regions",
            "purpose", "measures", "offices", "act_kinds", "monitors",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_visible(self.actor).filter(closed_on=None) if self.actor else ()
        offices: Any = self.fields["offices"]
        offices.choices = [(unit.path, unit.name) for unit in units]
        if self.is_new:
            self.initial.setdefault("clause", FREE_RIDING)
            self.initial.setdefault("base_year", timezone.localdate().year - 1)
            self.initial.setdefault("measures", list(measures())[:3])

    def clean(self) -> dict[str, Any]:
        """The last day is told beside its field, before the database says it of the whole row."""
        given = super().clean() or self.cleaned_data
        start, end = given.get("starts_on"), given.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", ends_too_early(start))
        return given


class TargetForm(forms.Form):
    """What is wanted of one measure, from one office or from all together."""

    measure = forms.ChoiceField(label=_("What is counted"))
    office = forms.ChoiceField(label=_("Office"), required=False)
    number = forms.IntegerField(
        label=_("Target"), min_value=0, required=False, help_text=_("Empty removes it.")
    )
    base_value = forms.IntegerField(
        label=_("Figure of the base year"), min_value=0, required=False,
        help_text=_("Only if the platform holds no data of that year; counted figures go before."),
    )  # fmt: skip
    base_source = forms.CharField(
        label=_("Where it was taken from"), max_length=200, required=False,
        help_text=_("For example the report of that year with its number."),
    )  # fmt: skip

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["measure"]
        chosen.choices = [row for row in measure_choices() if row[0] in campaign.measures]
        names = office_names(campaign.offices)
        offices: Any = self.fields["office"]
        offices.choices = [
            ("", _t("All together")),
            *((path, names.get(path, path)) for path in campaign.offices),
        ]


class CloseForm(forms.Form):
    """What the campaign achieved."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What was achieved, what was learnt, what remains to do."),
    )
