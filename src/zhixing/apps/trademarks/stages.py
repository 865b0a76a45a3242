"""The stages of cultivation as data: from where one is reached, and what must be known then."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhixing.apps.trademarks.models import Cultivation

Stage = Cultivation.Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way.

    Attributes:
        target: the stage it leads to.
        sources: the stages it may be taken from.
        label: the button.
        needs: fields of the row that must be filled before or with the step.
        needs_note: whether it must be said why.
        needs_file: whether a file must prove it.
    """

    target: str
    sources: tuple[str, ...]
    label: str | Promise
    needs: tuple[str, ...] = ()
    needs_note: bool = False
    needs_file: bool = False


STEPS = (
    Step(Stage.GUIDED, (Stage.CANDIDATE,), _("Record guidance")),
    # A filing made without a search is entered too: the share of filings searched shows it.
    Step(
        Stage.FILED,
        (Stage.CANDIDATE, Stage.GUIDED),
        _("Record the filing"),
        needs=("filing_number", "nice_classes", "documents_on"),
    ),
    Step(
        Stage.REGISTERED,
        (Stage.FILED,),
        _("Record the registration"),
        needs=("registration_number",),
    ),
    Step(Stage.IN_USE, (Stage.REGISTERED,), _("Record the use"), needs_file=True),
    Step(Stage.FAMOUS, (Stage.IN_USE,), _("Record the honour"), needs_note=True, needs_file=True),
    Step(
        Stage.DROPPED,
        (Stage.CANDIDATE, Stage.GUIDED, Stage.FILED),
        _("Drop"),
        needs_note=True,
    ),
    Step(Stage.REFUSED, (Stage.FILED,), _("Record the refusal"), needs_note=True),
)
# Fields that a step may ask for; the others are edited on the form of the row.
ASKABLE = ("filing_number", "nice_classes", "documents_on", "registration_number")


def steps_from(stage: str) -> list[Step]:
    """The steps that may be taken in a stage."""
    return [step for step in STEPS if stage in step.sources]


def step_to(stage: str, target: str) -> Step | None:
    """The step from one stage to another, or None when there is none."""
    return next((step for step in steps_from(stage) if step.target == target), None)
