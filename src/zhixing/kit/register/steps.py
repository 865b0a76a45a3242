"""Steps: what may be done with a row now, as data; one view and one template serve them all.

A step names its form, the state that opens it and the action that does it. The page of the row
shows the forms of the open steps; what was typed comes back when the action refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.urls import URLPattern, path

from zhixing.kit.actors import Actor
from zhixing.kit.register.base import Register
from zhixing.kit.register.columns import Text
from zhixing.kit.requests import OfficerRequest


class StepForm(forms.Form):
    """The form of a step: it knows who fills it in and about what."""

    def __init__(self, *args: Any, actor: Actor, obj: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.obj = actor, obj
        self.prepare()

    def prepare(self) -> None:
        """Offer choices that depend on actor and row."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        code: its name in addresses.
        label: the button's verb.
        form: what is asked for.
        run: the action; gets actor, row and the cleaned fields.
        is_open: whether actor and state allow it now.
        done: what the officer is told afterwards.
        tone: `primary` for the step that is due, empty for others.
    """

    code: str
    label: Text
    form: type[StepForm]
    run: Callable[..., Any]
    is_open: Callable[[Actor, Any], bool]
    done: Text
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A step with its form, ready to show."""

    step: Step
    form: StepForm
    url: str

    @property
    def is_unfolded(self) -> bool:
        """Whether the form stands open: it is the next step, or something is wrong in it."""
        return self.step.tone == "primary" or self.form.is_bound


def form_of(step: Step, actor: Actor, obj: Any, data: Any = None) -> StepForm:
    """The step's form; ids carry its name, since several forms stand on one page."""
    return step.form(data, actor=actor, obj=obj, auto_id=f"{step.code}_%s")


def open_steps(steps: Sequence[Step], actor: Actor, obj: Any) -> list[Step]:
    """The steps that the actor may take now, in order."""
    return [step for step in steps if step.is_open(actor, obj)]


class StepRegister(Register):
    """A register whose rows are worked on in steps, offered on the page of the row."""

    detail_template = "kit/register/stepped.html"
    steps: ClassVar[tuple[Step, ...]] = ()

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Any) -> Mapping[str, Any]:
        from zhixing.kit.register.views.steps import steps_context

        return steps_context(request, cls, cls.steps, obj)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of the register and of its steps."""
        from zhixing.kit.register.views.steps import take_step

        if not cls.steps:
            return super().urls()
        kept = {"register": cls, "steps": cls.steps}
        route = f"{cls.slug}/<int:pk>/step/<slug:code>/"
        return [path(route, take_step, kept, name=f"{cls.slug}-step"), *super().urls()]
