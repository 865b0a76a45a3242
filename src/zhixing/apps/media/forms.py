"""The forms of media, rounds and monitored days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhixing.apps.media.models import Design, Medium, MediumDay, Round
from zhixing.apps.media.selectors import media_visible
from zhixing.apps.registry.api import DateField, OfficeField, PlacedForm, SubjectField
from zhixing.kit.register import RegisterForm

TAKE = "take_"


class MediumForm(PlacedForm):
    """A medium."""

    unit_path = OfficeField(label=_("Office"))
    operator = SubjectField(
        label=_("Operator in the register"),
        required=False,
        help_text=_("Code or full name, if it is an operator here."),
    )

    class Meta:
        model = Medium
        fields = (
            "name",
            "kind",
            "operator",
            "operator_name",
            "authority",
            "address",
            "for_minors",
            "number",
            "unit_path",
        )


class RoundForm(PlacedForm):
    """The plan of a round: how many days of which kinds of media."""

    unit_path = OfficeField(label=_("Office"))
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))

    class Meta:
        model = Round
        fields = (
            "name",
            "design",
            "purpose",
            "starts_on",
            "ends_on",
            "unit_path",
            "number",
            "seed",
        )
        help_texts = {
            "design": _(
                "Random: days are drawn and enter the violation rates. Targeted: you choose them, "
                "and they enter no rate."
            ),
            "purpose": _("Needed for a targeted round."),
            "seed": _("For the draw, fixed before it; left empty, a random one is made."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = True
        for kind, label in Medium.Kind.choices:
            self.fields[TAKE + kind] = forms.IntegerField(
                label=_("Days to draw: %(kind)s") % {"kind": label},
                min_value=0,
                max_value=100_000,
                required=False,
                initial=(self.instance.plan or {}).get(kind),
                show_hidden_initial=not self.is_new,
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first day."))
        if values.get("design") == Design.TARGETED and not values.get("purpose"):
            self.add_error("purpose", _("Say what the monitoring is aimed at, and why."))
        return values

    def changes(self) -> dict[str, Any]:
        return self._with_plan(super().changes())

    def values(self) -> dict[str, Any]:
        return self._with_plan(super().values())

    def _with_plan(self, values: dict[str, Any]) -> dict[str, Any]:
        """The numbers per kind put together as the plan they are."""
        takes = {name: values.pop(name) for name in list(values) if name.startswith(TAKE)}
        if takes:
            plan = dict(self.instance.plan or {})
            plan |= {name.removeprefix(TAKE): take for name, take in takes.items()}
            values["plan"] = {kind: take for kind, take in plan.items() if take}
        return values


class MediumDayForm(RegisterForm[MediumDay]):
    """What was monitored of a day."""

    class Meta:
        model = MediumDay
        fields = ("state", "items", "seconds", "area_cm2", "missed_reason")
        help_texts = {
            "items": _("Left empty, the advertisements entered for the day are counted."),
            "seconds": _("For television, radio and screens."),
            "area_cm2": _("For print."),
        }

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("state") == MediumDay.State.MISSED and not values.get("missed_reason"):
            self.add_error("missed_reason", _("Say why the day was missed."))
        return values


class ChooseDayForm(forms.Form):
    """One day of a medium for a targeted round."""

    medium = forms.ModelChoiceField(Medium.objects.none(), label=_("Medium"))
    day = DateField(label=_("Day"))

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        media: Any = self.fields["medium"]
        media.queryset = media_visible(actor).order_by("name", "pk")
        self.fields["day"].required = True
