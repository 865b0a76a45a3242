"""The forms of the trade-mark services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import CASE_WORKERS, Officer, officers_visible
from zhixing.apps.registry.api import (
    DateField,
    ListField,
    OfficeField,
    PlacedForm,
    SubjectField,
    TradeMark,
    marks_visible,
)
from zhixing.apps.trademarks.dates import EVENTS
from zhixing.apps.trademarks.dossiers import DossierStep, Task, kind_choices
from zhixing.apps.trademarks.models import (
    Cultivation,
    Dossier,
    DossierCriterion,
    MarkUse,
    OfficeTarget,
    Reminder,
    UseCheck,
)
from zhixing.apps.trademarks.stages import Step
from zhixing.kit.actors import Actor
from zhixing.kit.scope import with_offices_above


class CultivationForm(PlacedForm):
    """A mark cultivated, with its request for help and what is ready for the filing."""

    unit_path = OfficeField(label=_("Office"))
    subject = SubjectField(
        label=_("Subject"), required=False, help_text=_("Code or full name of the operator.")
    )
    nice_classes = ListField(
        label=_("Nice classes"), required=False, help_text=_("1 to 45, with commas between them.")
    )
    candidate_on = DateField(label=_("Candidate since"))
    help_asked_on = DateField(
        label=_("Help asked for on"),
        help_text=_("If the operator asked for help with the filing; the clock runs from here."),
    )
    searched_on = DateField(label=_("Searched on"), help_text=_("When like marks were looked for."))
    documents_on = DateField(label=_("Documents complete on"))

    class Meta:
        model = Cultivation
        fields = (
            "mark_text",
            "kind",
            "subject",
            "unit_path",
            "goods",
            "nice_classes",
            "candidate_on",
            "help_asked_on",
            "request",
            "contact_name",
            "contact_phone",
            "searched_on",
            "search_note",
            "documents_on",
            "note",
        )

    def clean_candidate_on(self) -> Any:
        """Without a day it begins today; a row that exists keeps the day it has."""
        given = self.cleaned_data.get("candidate_on")
        return given or self.instance.candidate_on or timezone.localdate()


class OfficeTargetForm(PlacedForm):
    """The targets of an office."""

    unit_path = OfficeField(label=_("Office"))

    class Meta:
        model = OfficeTarget
        fields = ("unit_path", "year", "registered", "in_use", "famous", "note")


class StepForm(forms.Form):
    """What one step asks for: the day, the fields it needs, a note, a file."""

    on = DateField(label=_("Date"))
    filing_number = forms.CharField(label=_("Application number"), max_length=20, required=False)
    nice_classes = ListField(
        label=_("Nice classes"), required=False, help_text=_("1 to 45, with commas between them.")
    )
    documents_on = DateField(label=_("Documents complete on"))
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=20, required=False
    )
    note = forms.CharField(
        label=_("What happened"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; it stays in the change log."),
    )
    file = forms.FileField(label=_("Evidence file"), required=False)

    def __init__(self, *args: Any, step: Step, row: Cultivation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("filing_number", "nice_classes", "documents_on", "registration_number"):
            if name in step.needs:
                self.fields[name].initial = getattr(row, name)
                self.fields[name].required = True
            else:
                del self.fields[name]
        self.fields["on"].required = True
        self.fields["on"].initial = timezone.localdate()
        self.fields["note"].required = step.needs_note
        self.fields["file"].required = step.needs_file

    def values(self) -> dict[str, Any]:
        """The fields of the row among what was given (call after `is_valid()`)."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"on", "note", "file"}
        }


class ReasonForm(forms.Form):
    """A reason alone, for deeds that need nothing else."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignForm(forms.Form):
    """The officer who is to help: one who works for the office of the row."""

    officer = forms.ModelChoiceField(Officer.objects.none(), label=_("Officer"))

    def __init__(self, *args: Any, actor: Actor, unit_path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Officer] = self.fields["officer"]  # type: ignore[assignment]
        field.queryset = (
            officers_visible(actor)
            .filter(
                is_active=True,
                role_assignments__role__in=CASE_WORKERS,
                role_assignments__unit__path__in=with_offices_above(unit_path),
            )
            .distinct()
        )


class TellForm(forms.Form):
    """When and how the holder was told."""

    on = DateField(label=_("Told on"))
    channel = forms.ChoiceField(label=_("How told"), choices=Reminder.Channel.choices)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = True
        self.fields["on"].initial = timezone.localdate()


class UseForm(forms.Form):
    """A use of the mark that was seen or proved."""

    used_on = DateField(label=_("Used on"))
    how = forms.ChoiceField(label=_("How it is used"), choices=MarkUse.How.choices)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    file = forms.FileField(label=_("Evidence file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used_on"].required = True


class RenewalForm(forms.Form):
    """A renewal that was granted."""

    filed_on = DateField(
        label=_("Renewal asked for on"),
        help_text=_("The register then gets the next term of ten years."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["filed_on"].required = True


class DatesForm(forms.Form):
    """Events of a mark's life, known or supposed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in EVENTS.items():
            self.fields[name] = DateField(label=label)


class FilingForm(forms.Form):
    """The filing of a licence."""

    filing_number = forms.CharField(label=_("Filing number"), max_length=40)
    filed_on = DateField(label=_("Filed on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["filed_on"].required = True


class MarkField(forms.CharField):
    """A mark by its registration number or its number in the register (`#12`)."""

    actor: Any = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = marks_visible(self.actor).filter(pk=value).first() or ""
        if isinstance(value, TradeMark):
            return value.registration_number or f"#{value.pk}"
        return value

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(self.prepare_value(value)) or "").strip().upper()
        if not text:
            return None
        marks = marks_visible(self.actor)
        if text.startswith("#") and text[1:].isdecimal():
            found = marks.filter(pk=int(text[1:])).first()
        else:
            found = marks.filter(registration_number=text).first()
        if found is None:
            sentence = gettext("No trade mark in the register has the number “%(text)s”.")
            raise forms.ValidationError(sentence % {"text": text})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = self.prepare_value(initial) or "", self.prepare_value(data) or ""
        return bool(str(before).strip() != str(after).strip())


class UseCheckForm(PlacedForm):
    """A check of how a mark is used."""

    mark = MarkField(label=_("Trade mark"), help_text=_("Its registration number."))
    subject = SubjectField(
        label=_("Who uses it"), help_text=_("Code or full name of the operator.")
    )
    checked_on = DateField(label=_("Checked on"))

    class Meta:
        model = UseCheck
        fields = ("mark", "subject", "checked_on", "outcome", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].actor = self.actor  # type: ignore[attr-defined]
        self.fields["checked_on"].required = True


class DossierForm(PlacedForm):
    """A recommendation dossier."""

    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    mark = MarkField(label=_("Trade mark"), required=False, help_text=_("Its registration number."))
    mark_text = forms.CharField(
        label=_("Mark"),
        max_length=120,
        required=False,
        help_text=_("Left empty, it is that of the trade mark."),
    )
    subject = SubjectField(
        label=_("Applicant"),
        required=False,
        help_text=_("Code or full name; left empty, it is the holder of the trade mark."),
    )
    unit_path = OfficeField(label=_("Office"))
    case_filed_on = DateField(
        label=_("Case filed on"),
        help_text=_("For the protection of a well-known mark: the clock for sending up runs on."),
    )
    case_closed_on = DateField(label=_("Case dealt with on"))

    class Meta:
        model = Dossier
        fields = (
            "kind",
            "mark",
            "mark_text",
            "subject",
            "unit_path",
            "case_filed_on",
            "case_closed_on",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].actor = self.actor  # type: ignore[attr-defined]

    def clean_mark_text(self) -> str:
        """The text given, else that of the mark."""
        text = (self.cleaned_data.get("mark_text") or "").strip()
        mark = self.cleaned_data.get("mark")
        if not text and mark is None:
            raise forms.ValidationError(gettext("Name the mark, or choose one of the register."))
        return text or mark.text  # type: ignore[union-attr]


class JudgeForm(forms.Form):
    """What was found of one criterion."""

    papers = forms.TypedMultipleChoiceField(
        label=_("Papers in hand"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=DossierCriterion.Verdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the papers show; needed where the criterion is not met or uncertain."),
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers: forms.TypedMultipleChoiceField = self.fields["papers"]  # type: ignore[assignment]
        papers.choices = [(place, line) for place, (line, _has) in enumerate(task.papers)]
        papers.initial = task.row.papers
        self.fields["verdict"].initial = task.row.verdict
        self.fields["note"].initial = task.row.note


class DossierStepForm(forms.Form):
    """What a step of a dossier asks for."""

    on = DateField(label=_("Date"))
    note = forms.CharField(
        label=_("What happened"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; it stays in the change log."),
    )
    file = forms.FileField(label=_("Evidence file"), required=False)

    def __init__(self, *args: Any, step: DossierStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = True
        self.fields["on"].initial = timezone.localdate()
        self.fields["note"].required = step.needs_note
        self.fields["file"].required = step.needs_file
