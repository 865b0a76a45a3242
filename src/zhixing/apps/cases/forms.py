"""The forms of cases: what is known of one, and what each step asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.accounts.api import CASE_WORKERS, Officer, officers_visible
from zhixing.apps.cases.models import (
    Case,
    CaseEvidence,
    CaseMeasure,
    CaseOfficer,
    CasePayment,
    CaseService,
    CaseStop,
    Certificate,
)
from zhixing.apps.registry.api import DateField, OfficeField, PlacedForm, SubjectField
from zhixing.kit.actors import Actor
from zhixing.kit.acts import act_choices, in_language
from zhixing.kit.register.steps import StepForm
from zhixing.kit.scope import with_offices_above

CONDITIONS = (
    ("evidence", _("First evidence proves an unlawful act")),
    ("punishable", _("A penalty is provided for it")),
    ("jurisdiction", _("It lies within our jurisdiction")),
    ("limitation", _("It is within the limitation period")),
)
NOT_FILED = (
    ("minor", _("Minor, corrected in time, no harm")),
    ("first", _("First offence, slight harm, corrected in time")),
    ("no_fault", _("The party proved that it was not at fault")),
    ("other", _("Another case in which the law allows not to file")),
)
SUSPENDED = (
    ("judgment", _("Depends on the outcome of another case")),
    ("law", _("A question of law was referred to an authority")),
    ("force", _("Force majeure")),
    ("untraceable", _("The party cannot be found")),
    ("other", _("Another ground that the law names")),
)
TERMINATED = (
    ("dead", _("The person has died")),
    ("ended", _("The organisation has ended without a successor")),
    ("other", _("Another ground that the law names")),
)
GOODS_LINE = 4


def day(label: Any, **more: Any) -> forms.DateField:
    """A day that must be given, today to begin with."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, initial=timezone.localdate, **more)


def words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def money(label: Any) -> forms.DecimalField:
    """An amount in yuan; empty: none."""
    return forms.DecimalField(
        label=label, min_value=0, max_digits=16, decimal_places=2, required=False, localize=False
    )


class CaseForm(PlacedForm):
    """What is known of party and act."""

    unit_path = OfficeField(label=_("Office"))
    subject = SubjectField(
        label=_("Subject"), required=False, help_text=_("Code or full name of the operator.")
    )
    act_kind = forms.ChoiceField(label=_("Kind of act"), choices=act_choices)
    party_name = forms.CharField(
        label=_("Party"),
        max_length=200,
        required=False,
        help_text=_("Left empty, the subject's name is used."),
    )
    found_on = day(_("Lead found or received on"))
    acted_on = DateField(
        label=_("Last day of the act"), help_text=_("The law in force on this day decides.")
    )

    class Meta:
        model = Case
        fields = (
            "unit_path",
            "subject",
            "party_name",
            "party_kind",
            "party_code",
            "party_address",
            "party_head",
            "party_id_number",
            "party_phone",
            "act_kind",
            "title",
            "found_on",
            "acted_on",
            "is_food",
            "is_complex",
            "summary",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False


class EvidenceForm(PlacedForm):
    """A piece of evidence."""

    obtained_on = day(_("Taken on"))

    class Meta:
        model = CaseEvidence
        fields = (
            "kind",
            "title",
            "source",
            "place",
            "obtained_on",
            "pages",
            "proves",
            "objection",
        )


class CertificateForm(PlacedForm):
    """An officer's certificate."""

    officer = forms.ModelChoiceField(label=_("Officer"), queryset=Officer.objects.none())
    valid_from = day(_("Valid from"))
    valid_to = day(_("Valid to"))

    class Meta:
        model = Certificate
        fields = ("officer", "number", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            self.fields["officer"].queryset = officers_visible(self.actor).filter(is_active=True)  # type: ignore[attr-defined]


# ---------------------------------------------------------------- steps of the procedure


class ProcedureForm(StepForm):
    """The day of a step, and a reason or opinion."""

    on = day(_("Day"))
    note = words(_("Reason or opinion"), 2)


class FilingForm(ProcedureForm):
    """The four conditions of filing."""

    conditions = forms.MultipleChoiceField(
        label=_("Conditions of filing"),
        choices=CONDITIONS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class DeclineForm(ProcedureForm):
    """Why nothing is filed."""

    ground = forms.ChoiceField(label=_("Ground"), choices=NOT_FILED)


class SuspendForm(ProcedureForm):
    """Why the case is suspended."""

    ground = forms.ChoiceField(label=_("Ground"), choices=SUSPENDED)


class TerminateForm(ProcedureForm):
    """Why the investigation is terminated."""

    ground = forms.ChoiceField(label=_("Ground"), choices=TERMINATED)


class ReportForm(ProcedureForm):
    """The report of the investigation."""

    facts_found = words(_("Facts established"), 5)
    proof = words(_("Evidence and what it proves"), 4)
    nature = words(_("Nature of the act"), 2)
    discretion = words(_("Reasons of discretion"), 3)
    proposal = words(_("Proposal"), 3)
    proposed_fine = money(_("Fine proposed"))
    proposed_confiscation = money(_("Gains and goods to confiscate"))
    proposed_other = forms.CharField(
        label=_("Other penalty proposed"), max_length=300, required=False
    )
    is_heavy = forms.BooleanField(
        label=_("It stops the business, takes a licence or is otherwise heavy"), required=False
    )
    is_complex = forms.BooleanField(label=_("Complex, or of great interest"), required=False)

    def prepare(self) -> None:
        for name in self.fields:
            if name not in ("on", "note"):
                self.initial[name] = getattr(self.obj, name)


class SendToReviewForm(ProcedureForm):
    """Which review."""

    review_kind = forms.ChoiceField(label=_("Kind of review"), choices=Case.ReviewKind.choices)


class ReviewForm(ProcedureForm):
    """The opinion of the reviewer."""

    review_opinion = words(_("Opinion of the review"), 3)


class ServeForm(ProcedureForm):
    """How a document was served."""

    note = words(_("Note"), 2, required=False)
    manner = forms.ChoiceField(label=_("Manner of service"), choices=CaseService.Manner.choices)
    receiver = forms.CharField(label=_("Received by"), max_length=60, required=False)


class NoticeForm(ServeForm):
    """Service of the notice of the proposed penalty."""

    hearing_offered = forms.BooleanField(
        label=_("The notice tells of the right to a hearing"), required=False
    )


class AnswerForm(ProcedureForm):
    """What the party said."""

    answer = forms.ChoiceField(
        label=_("Answer of the party"),
        choices=[choice for choice in Case.Answer.choices if choice[0] != "hearing"],
    )
    answer_text = words(_("What the party said"), 3, required=False)
    note = words(_("Note"), 2, required=False)


class HearingReportForm(ProcedureForm):
    """The report on the hearing."""

    hearing_report = words(_("Report on the hearing"), 4)
    answer_text = words(_("What the party said"), 3, required=False)


class DecisionForm(ProcedureForm):
    """The decision of a penalty."""

    fine = money(_("Fine"))
    confiscation = money(_("Confiscated"))
    other_penalty = forms.CharField(label=_("Other penalty"), max_length=300, required=False)
    basis = words(_("Legal basis"), 3)
    band = forms.ChoiceField(label=_("Band"), choices=Case.Band.choices)
    band_reason = words(_("Why this band"), 3)
    discussed_on = DateField(label=_("Discussed on"))
    discussion = words(_("Collective discussion"), 3, required=False)

    def prepare(self) -> None:
        self.initial["fine"] = self.obj.proposed_fine
        self.initial["confiscation"] = self.obj.proposed_confiscation
        self.initial["other_penalty"] = self.obj.proposed_other


class OtherDecisionForm(ProcedureForm):
    """A decision without a penalty."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[choice for choice in Case.Decision.choices if choice[0] != "penalty"],
    )
    basis = words(_("Legal basis"), 3)
    discussed_on = DateField(label=_("Discussed on"))
    discussion = words(_("Collective discussion"), 3, required=False)


class CloseForm(ProcedureForm):
    """How the case ended."""

    closing = forms.ChoiceField(label=_("How it ended"), choices=Case.Closing.choices)


STEP_FORMS: Mapping[str, type[ProcedureForm]] = {
    "decline": DeclineForm,
    "file": FilingForm,
    "suspend": SuspendForm,
    "terminate": TerminateForm,
    "report": ReportForm,
    "send_to_review": SendToReviewForm,
    "send_back": ReviewForm,
    "pass_review": ReviewForm,
    "notify": NoticeForm,
    "end_hearing": HearingReportForm,
    "answered": AnswerForm,
    "decide": DecisionForm,
    "decide_without_notice": OtherDecisionForm,
    "serve": ServeForm,
    "close": CloseForm,
}

# ---------------------------------------------------------------- other deeds


class AppointForm(StepForm):
    """An officer and the part."""

    officer = forms.ModelChoiceField(label=_("Officer"), queryset=Officer.objects.none())
    part = forms.ChoiceField(label=_("Part"), choices=CaseOfficer.Part.choices)

    def prepare(self) -> None:
        offices = with_offices_above(self.obj.unit_path)
        workers = officers_working(self.actor, offices)
        self.fields["officer"].queryset = workers  # type: ignore[attr-defined]


class ReleaseForm(StepForm):
    """Who leaves the case, and why."""

    officer = forms.ModelChoiceField(label=_("Officer"), queryset=Officer.objects.none())
    reason = words(_("Reason"), 2)

    def prepare(self) -> None:
        parts = self.obj.people.filter(until=None).values("officer")
        self.fields["officer"].queryset = Officer.objects.filter(pk__in=parts)  # type: ignore[attr-defined]


class StopForm(StepForm):
    """Time that is not counted."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            kind for kind in CaseStop.Kind.choices if kind[0] not in ("suspension", "hearing")
        ],
    )
    first = day(_("First day not counted"))
    last = DateField(label=_("Last day not counted"), help_text=_("Empty while it lasts."))
    basis = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("Number of the notice or order.")
    )


class EndStopForm(StepForm):
    """The end of time that is not counted."""

    kind = forms.ChoiceField(label=_("Kind"))
    last = day(_("Last day not counted"))

    def prepare(self) -> None:
        open_ones = self.obj.stops.filter(last=None).exclude(kind__in=("suspension", "hearing"))
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (row.kind, row.get_kind_display()) for row in open_ones
        ]


class MeasureForm(StepForm):
    """Goods sealed, detained or preserved."""

    kind = forms.ChoiceField(label=_("Measure"), choices=CaseMeasure.Kind.choices)
    begun_on = day(_("Taken on"))
    place = forms.CharField(label=_("Kept at"), max_length=200, required=False)
    was_urgent = forms.BooleanField(label=_("Taken on site in an emergency"), required=False)
    lines = words(
        _("Goods"),
        4,
        help_text=_("A line each: name, specification, quantity, unit, value in yuan if known."),
    )

    def clean_lines(self) -> list[dict[str, Any]]:
        """Read the lines; each needs a name, a quantity and a unit."""
        found = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            cells = [cell.strip() for cell in line.replace("，", ",").split(",")]
            if len(cells) < GOODS_LINE:
                raise forms.ValidationError(
                    _("Line %(n)d: expected name, specification, quantity, unit; found “%(line)s”.")
                    % {"n": number, "line": line}
                )
            try:
                quantity = forms.DecimalField().clean(cells[2])
                value = forms.DecimalField(required=False).clean(cells[4] if cells[4:] else "")
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("Line %(n)d: expected a number, found “%(line)s”.")
                    % {"n": number, "line": line}
                ) from error
            found.append(
                {"name": cells[0], "spec": cells[1], "quantity": quantity, "unit": cells[3],
                 "value": value}
            )  # fmt: skip
        return found


class SettleForm(StepForm):
    """What became of goods held."""

    measure = forms.ModelChoiceField(label=_("Measure"), queryset=CaseMeasure.objects.none())
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[one for one in CaseMeasure.Outcome.choices if one[0] != "lapsed"],
    )
    on = day(_("Day"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def prepare(self) -> None:
        held = self.obj.measures.filter(settled_on=None)
        self.fields["measure"].queryset = held  # type: ignore[attr-defined]


class ExtendForm(StepForm):
    """An extension of a clock."""

    clock = forms.ChoiceField(label=_("Clock"))
    reason = words(_("Reason"), 2)
    until = DateField(
        label=_("Approved day"), help_text=_("Only where the law leaves the length open.")
    )

    def prepare(self) -> None:
        running = self.obj.clocks.filter(met_on=None)
        self.fields["clock"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), in_language(law.clock(row.code, row.trigger), "title"))
            for row in running
            if law.clock(row.code, row.trigger).extension is not None
        ]


class DocumentForm(StepForm):
    """A document served."""

    form_no = forms.TypedChoiceField(label=_("Document"), coerce=int)
    on = day(_("Day"))
    manner = forms.ChoiceField(label=_("Manner of service"), choices=CaseService.Manner.choices)
    receiver = forms.CharField(label=_("Received by"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def prepare(self) -> None:
        self.fields["form_no"].choices = [  # type: ignore[attr-defined]
            (form.no, in_language(form, "title"))
            for form in law.official_forms().values()
            if form.is_numbered
        ]


class PaymentForm(StepForm):
    """Money paid."""

    kind = forms.ChoiceField(label=_("What for"), choices=CasePayment.Kind.choices)
    paid_on = day(_("Paid on"))
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=16, decimal_places=2, localize=False
    )
    receipt = forms.CharField(label=_("Number of the receipt"), max_length=60)


def officers_working(actor: Actor, offices: list[str]) -> Any:
    """Officers who work on cases in one of the offices."""
    return (
        officers_visible(actor)
        .filter(
            is_active=True,
            role_assignments__role__in=[*CASE_WORKERS, "leader"],
            role_assignments__unit__path__in=offices,
        )
        .distinct()
    )
