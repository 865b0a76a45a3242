"""The forms of trade-mark protection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import CASE_WORKERS, Officer, officers_visible
from zhixing.apps.protection.models import (
    AssistanceRequest,
    FileFact,
    InfringementFile,
    Market,
    MarkInspection,
    OemEnterprise,
    OemOrder,
    StallLine,
)
from zhixing.apps.protection.selectors import (
    authorisations_for,
    files_open,
    makers_active,
    markets_open,
)
from zhixing.apps.registry.api import (
    DateField,
    ListField,
    MarkField,
    OfficeField,
    PlacedForm,
    SubjectField,
)
from zhixing.kit.actors import Actor
from zhixing.kit.register.steps import StepForm
from zhixing.kit.scope import with_offices_above

SUBJECT_HELP = _("Code or full name of the operator.")
MARK_HELP = _("Registration number, if the mark is in the register.")


def needed_day(label: Any, **more: Any) -> forms.DateField:
    """A day that must be given, with the browser's own calendar; today to begin with."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, initial=timezone.localdate, **more)


def words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(
        label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def case_workers_of(actor: Actor, unit_path: str) -> Any:
    """Officers who work on cases of an office."""
    return (
        officers_visible(actor)
        .filter(
            is_active=True,
            role_assignments__role__in=CASE_WORKERS,
            role_assignments__unit__path__in=with_offices_above(unit_path),
        )
        .distinct()
    )


class FileForm(PlacedForm):
    """What an infringement file says of party, mark and act."""

    subject = SubjectField(label=_("Subject"), required=False, help_text=SUBJECT_HELP)
    trade_mark = MarkField(label=_("Mark in the register"), required=False, help_text=MARK_HELP)
    acted_on = needed_day(
        _("Day of the act"),
        help_text=_("The last day, if it went on: the law in force then is used."),
    )

    class Meta:
        model = InfringementFile
        fields = (
            "party_name",
            "subject",
            "mark_text",
            "trade_mark",
            "act_kind",
            "acted_on",
            "is_service",
            "marks_count",
            "earlier_acts",
            "sanctioned_before",
            "source_shown",
        )


class FactForm(StepForm):
    """An amount found."""

    measure = forms.ChoiceField(label=_("What was found"), choices=FileFact.Measure.choices)
    amount = forms.DecimalField(
        label=_("Amount found"), min_value=0, max_digits=16, decimal_places=2, localize=False
    )
    found_on = needed_day(_("Found on"))
    basis = forms.CharField(
        label=_("How it was established"),
        max_length=300,
        help_text=_("Books, price labels, the average price, statements …"),
    )


class ReasonStep(StepForm):
    """A reason alone."""

    reason = words(_("Reason"), 2)


class NothingStep(StepForm):
    """A step that asks for nothing."""


class FindingsForm(StepForm):
    """The result of the investigation."""

    findings = words(_("What was found"), 4)


class DecisionForm(StepForm):
    """What was decided."""

    outcome = words(_("Decision"), 3, help_text=_("In your own words, with the document number."))
    decided_on = needed_day(_("Decided on"))
    why_no_transfer = words(_("Why nothing is transferred to the police"), 2, required=False)

    def prepare(self) -> None:
        if not self.obj.crime_suspected:
            del self.fields["why_no_transfer"]


class ReportForm(StepForm):
    """The written report to the head on a suspected crime."""

    report = words(_("Written report"), 4, help_text=_("What is suspected, and on which evidence."))
    team = forms.ModelMultipleChoiceField(
        Officer.objects.none(),
        label=_("Officers of the team"),
        help_text=_("At least two."),
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        field: Any = self.fields["team"]
        field.queryset = case_workers_of(self.actor, self.obj.unit_path)

    def clean_team(self) -> list[Officer]:
        """The officers as a plain list."""
        return list(self.cleaned_data["team"])


class HandOverForm(StepForm):
    """Who received the file."""

    police = forms.CharField(label=_("Police office that received it"), max_length=120)


class AnswerOfPoliceForm(StepForm):
    """What the police answered."""

    is_filed = forms.TypedChoiceField(
        label=_("Answer of the police"),
        choices=[("yes", _("A case was filed")), ("no", _("No case was filed"))],
        coerce=lambda value: value == "yes",
    )
    answered_on = needed_day(_("Answer of"))
    answer = words(_("Number and content of the answer"), 2)


class NoteForm(StepForm):
    """A note on what was done."""

    note = words(
        _("What was done"), 2, help_text=_("Goods and papers handed over, or review asked for.")
    )


class AssistanceForm(PlacedForm):
    """A request for assistance."""

    subject = SubjectField(label=_("Subject"), required=False, help_text=SUBJECT_HELP)
    trade_mark = MarkField(label=_("Mark in the register"), required=False, help_text=MARK_HELP)
    sent_on = DateField(label=_("Sent on"))
    received_on = DateField(
        label=_("Received on"),
        help_text=_("The period runs from here; until it is known, from the day of sending."),
    )
    file = forms.ModelChoiceField(
        InfringementFile.objects.none(), label=_("Infringement file"), required=False
    )

    class Meta:
        model = AssistanceRequest
        fields = (
            "direction",
            "other_bureau",
            "number",
            "matter",
            "party_name",
            "subject",
            "mark_text",
            "trade_mark",
            "file",
            "asked",
            "sent_on",
            "received_on",
        )
        widgets = {"asked": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            field: Any = self.fields["file"]
            field.queryset = files_open(self.actor, self.instance.file_id)


class DelayForm(StepForm):
    """A later day announced."""

    until = needed_day(_("Answer by"))
    reason = words(_("Reason of the delay"), 2)

    def prepare(self) -> None:
        self.fields["until"].initial = None


class AnswerForm(StepForm):
    """The answer to a request."""

    answer = words(_("Answer"), 4)
    answered_on = needed_day(_("Answered on"))


class WithdrawForm(forms.Form):
    """Why an amount is taken out again."""

    reason = words(_("Reason"), 2, help_text=_("The amount stays readable with this reason."))


CLASSES_HELP = _("1 to 45, with commas between them.")


class OemEnterpriseForm(PlacedForm):
    """The filing of a processor."""

    subject = SubjectField(label=_("Subject"), help_text=SUBJECT_HELP)
    nice_classes = ListField(label=_("Nice classes"), required=False, help_text=CLASSES_HELP)
    since = DateField(label=_("Makes to order since"))

    class Meta:
        model = OemEnterprise
        fields = (
            "subject",
            "goods",
            "nice_classes",
            "since",
            "contact_name",
            "contact_phone",
            "is_active",
            "note",
        )


class OemOrderForm(PlacedForm):
    """An order of a processor."""

    enterprise = forms.ModelChoiceField(OemEnterprise.objects.none(), label=_("OEM processor"))
    client = SubjectField(label=_("Client in the register"), required=False, help_text=SUBJECT_HELP)
    trade_mark = MarkField(label=_("Mark in the register"), required=False, help_text=MARK_HELP)
    authorisation = forms.ModelChoiceField(
        OemOrder.authorisation.field.related_model.objects.none(),  # type: ignore[attr-defined]
        label=_("Contract in the register"),
        required=False,
        help_text=_("Enter the contract in the register of authorisations first."),
    )
    nice_classes = ListField(label=_("Nice classes"), help_text=CLASSES_HELP)
    ordered_on = needed_day(_("Ordered on"))
    delivered_on = DateField(label=_("Delivery until"))

    class Meta:
        model = OemOrder
        fields = (
            "enterprise",
            "number",
            "client_name",
            "client",
            "client_country",
            "mark_text",
            "trade_mark",
            "authorisation",
            "goods",
            "nice_classes",
            "quantity",
            "export_only",
            "destination",
            "domestic_quantity",
            "ordered_on",
            "delivered_on",
            "label_text",
        )
        widgets = {"label_text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_name"].required = False
        self.fields["client_name"].help_text = _("Empty: as in the register.")
        if self.actor is not None:
            makers: Any = self.fields["enterprise"]
            makers.queryset = makers_active(self.actor, self.instance.enterprise_id)
            contracts: Any = self.fields["authorisation"]
            contracts.queryset = authorisations_for(self.actor, self.instance.authorisation_id)
            contracts.label_from_instance = _contract_label


def _contract_label(contract: Any) -> str:
    """A contract as it is chosen: mark, who allows whom, number."""
    parts = (
        contract.mark_text,
        f"{contract.grantor_name} → {contract.grantee_name}",
        contract.contract_number,
    )
    return " · ".join(part for part in parts if part)


class MarketForm(PlacedForm):
    """A market."""

    unit_path = OfficeField(label=_("Office"))
    subject = SubjectField(
        label=_("Organiser in the register"), required=False, help_text=SUBJECT_HELP
    )
    nice_classes = ListField(
        label=_("Nice classes of the goods sold"),
        required=False,
        help_text=_("They decide which marks are looked for; empty: all."),
    )

    class Meta:
        model = Market
        fields = (
            "name",
            "kind",
            "unit_path",
            "subject",
            "address",
            "stalls",
            "goods",
            "nice_classes",
            "is_open",
        )


class InspectionForm(PlacedForm):
    """A round of a market: which, when, who."""

    market = forms.ModelChoiceField(Market.objects.none(), label=_("Market"))
    inspected_on = needed_day(_("Day of the inspection"))
    officers = forms.ModelMultipleChoiceField(
        Officer.objects.none(),
        label=_("Officers"),
        help_text=_("At least two."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MarkInspection
        fields = ("market", "inspected_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            markets: Any = self.fields["market"]
            markets.queryset = markets_open(self.actor)
            officers: Any = self.fields["officers"]
            officers.queryset = case_workers_of(self.actor, self.actor.unit_path)


class StallForm(forms.Form):
    """A stall looked at."""

    stall = forms.CharField(label=_("Stall"), max_length=40)
    operator_name = forms.CharField(label=_("Operator"), max_length=120, required=False)
    subject = SubjectField(
        label=_("Operator in the register"), required=False, help_text=SUBJECT_HELP
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject: Any = self.fields["subject"]
        subject.actor = actor


class SeenForm(forms.Form):
    """A mark seen; a line without a mark is left out."""

    mark_text = forms.CharField(
        label=_("Mark seen"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "marks-to-look-for", "autocomplete": "off"}),
    )
    shown = forms.ChoiceField(
        label=_("Was an authorisation shown?"),
        choices=[("", "—"), *StallLine.Shown.choices],
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A mark needs an answer, an answer needs a mark."""
        given = super().clean() or {}
        if given.get("mark_text") and not given.get("shown"):
            self.add_error("shown", _("Say whether an authorisation was shown."))
        if given.get("shown") and not given.get("mark_text"):
            self.add_error("mark_text", _("Say which mark."))
        return given


LINES = 4
SeenFormSet = forms.formset_factory(SeenForm, extra=LINES, max_num=LINES)
