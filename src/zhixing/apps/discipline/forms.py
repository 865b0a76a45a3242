"""The forms of ad discipline."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.accounts.api import OrgUnit
from zhixing.apps.discipline.figures import month_before
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training
from zhixing.apps.discipline.selectors import trainings_open
from zhixing.apps.media.api import Medium, media_visible
from zhixing.apps.registry.api import PlacedForm
from zhixing.kit.register import RegisterForm
from zhixing.kit.register.steps import StepForm


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, with the browser's own calendar; today to begin with."""
    more.setdefault("initial", timezone.localdate)
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **more)


def words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(
        label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def last_month() -> Any:
    """First day of the month before today's."""
    return month_before(timezone.localdate())


class MonthForm(forms.Form):
    """The month whose figures are looked at; any day of it."""

    month = day_field(_("Month"), initial=last_month, help_text=_("Any day of the month."))


class OwnProposalForm(forms.Form):
    """An officer's own proposal."""

    medium = forms.ModelChoiceField(Medium.objects.none(), label=_("Medium"))
    step = forms.ChoiceField(label=_("Step"))
    month = day_field(_("Month"), initial=last_month, help_text=_("Any day of the month."))
    grounds = words(
        _("Grounds"), 4, help_text=_("What the figures do not show: harm to order or stability …")
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        medium: Any = self.fields["medium"]
        medium.queryset = media_visible(actor).order_by("name", "pk")
        step: Any = self.fields["step"]
        step.choices = step_choices()


def step_choices() -> list[tuple[str, str]]:
    """The steps of the ladder in the language of the page."""
    in_chinese = (get_language() or "").startswith("zh")
    return [
        (step.code, step.title_zh if in_chinese else step.title_en)
        for step in law.media_ladder().steps_on(timezone.localdate())
    ]


class NothingStep(StepForm):
    """A step that asks for nothing."""


class ReasonStep(StepForm):
    """A reason alone."""

    reason = words(_("Reason"), 2)


class NoticeForm(StepForm):
    """Further grounds of a notice."""

    grounds = words(_("Further grounds"), 3, required=False)

    def prepare(self) -> None:
        self.fields["grounds"].initial = self.obj.grounds


class ReplyForm(StepForm):
    """What the medium answered."""

    reply = words(_("Reply of the medium"), 4)
    replied_on = day_field(_("Reply of"))


class OpinionForm(StepForm):
    """What is put before the leader."""

    opinion = words(
        _("Opinion"), 4, help_text=_("What is made of the reply, and what is proposed.")
    )


class ApproveForm(StepForm):
    """Approval; a step that asks for a filed case names it."""

    case_number = forms.CharField(label=_("Case number"), max_length=60)

    def prepare(self) -> None:
        if not self.obj.rung.needs_case:
            del self.fields["case_number"]


class IssueForm(StepForm):
    """Issue; a suspension says for how long."""

    until = day_field(_("Until"), initial=None)

    def prepare(self) -> None:
        if self.obj.step != "suspend":
            del self.fields["until"]


class TellForm(StepForm):
    """Who was told."""

    authority = forms.CharField(label=_("Authority"), max_length=120)
    told_on = day_field(_("Told on"))

    def prepare(self) -> None:
        self.fields["authority"].initial = self.obj.medium.authority


class AnswerForm(StepForm):
    """What the authority decided."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Sanction.Answer.choices)
    answered_on = day_field(_("Answered on"))


class PublishForm(StepForm):
    """Where it was published."""

    where = forms.CharField(label=_("Published at"), max_length=300)
    published_on = day_field(_("Published on"))


class RectifiedForm(StepForm):
    """What was put right."""

    report = words(_("What was put right"), 3)
    rectified_on = day_field(_("Found on"))


class DispatchForm(forms.Form):
    """To whom a suspected advertisement is sent."""

    to_path = forms.ChoiceField(label=_("To the office"), required=False)
    to_bureau = forms.CharField(
        label=_("To a bureau elsewhere"), max_length=120, required=False,
        help_text=_("The bureau of the advertiser's place, if it is not of this city."),
    )  # fmt: skip
    matter = words(_("What is suspected"), 4)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Competence does not end at one's own district, so every open office can be chosen.
        units = OrgUnit.objects.filter(closed_on__isnull=True).exclude(path=actor.unit_path)
        to_path: Any = self.fields["to_path"]
        to_path.choices = [("", "—"), *units.order_by("path").values_list("path", "name")]


class FeedbackForm(StepForm):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Dispatch.Outcome.choices)
    feedback = words(_("Feedback"), 3)
    answered_on = day_field(_("Day"))


class BulletinForm(PlacedForm):
    """A monthly paper."""

    month = day_field(_("Month"), initial=last_month, help_text=_("Any day of the month."))

    class Meta:
        model = Bulletin
        fields = ("kind", "month", "remarks")
        widgets = {"remarks": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_new:
            del self.fields["kind"], self.fields["month"]

    def clean_month(self) -> Any:
        """The first day of the month, whichever was named."""
        return self.cleaned_data["month"].replace(day=1)


class TrainingForm(RegisterForm[Training]):
    """A session."""

    held_on = day_field(_("Day"))

    class Meta:
        model = Training
        fields = ("topic", "held_on", "place", "hours")


class InviteForm(StepForm):
    """The session that an advertiser is invited to."""

    training = forms.ModelChoiceField(Training.objects.none(), label=_("Training session"))

    def prepare(self) -> None:
        field: Any = self.fields["training"]
        field.queryset = trainings_open(self.actor)


class AttendanceForm(StepForm):
    """Whether an advertiser came."""

    has_come = forms.TypedChoiceField(
        label=_("Did the advertiser come?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
