"""The way of a dossier as data, and what is missing before its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.trademarks.models import Dossier, DossierCriterion
from zhixing.kit.files.api import EvidenceLink, links_of
from zhixing.law.dossiers import Criterion

Stage = Dossier.Stage
Verdict = DossierCriterion.Verdict


@dataclass(frozen=True, slots=True)
class DossierStep:
    """One step of the way; `permission` is the deed's, of the app `trademarks`."""

    target: str
    sources: tuple[str, ...]
    label: str | Promise
    permission: str
    needs_note: bool = False
    needs_file: bool = False


STEPS = (
    DossierStep(Stage.COMPLETE, (Stage.DRAFT,), gettext_lazy("Declare complete"), "change_dossier"),
    DossierStep(
        Stage.DRAFT,
        (Stage.COMPLETE,),
        gettext_lazy("Gather further"),
        "change_dossier",
        needs_note=True,
    ),
    DossierStep(Stage.SENT_UP, (Stage.COMPLETE,), gettext_lazy("Send up"), "send_dossier"),
    DossierStep(
        Stage.PROVINCE, (Stage.SENT_UP,), gettext_lazy("Received by the province"), "send_dossier"
    ),
    DossierStep(
        Stage.OFFICE,
        (Stage.PROVINCE,),
        gettext_lazy("Sent on to the trade-mark office"),
        "send_dossier",
    ),
    DossierStep(
        Stage.RECOGNISED,
        (Stage.OFFICE,),
        gettext_lazy("Record the recognition"),
        "send_dossier",
        needs_file=True,
    ),
    DossierStep(
        Stage.REFUSED,
        (Stage.SENT_UP, Stage.PROVINCE, Stage.OFFICE),
        gettext_lazy("Record that it was not recognised"),
        "send_dossier",
        needs_note=True,
    ),
)


def steps_from(stage: str) -> list[DossierStep]:
    """The steps that may be taken in a stage."""
    return [step for step in STEPS if stage in step.sources]


def step_to(stage: str, target: str) -> DossierStep | None:
    """The step from one stage to another, or None when there is none."""
    return next((step for step in steps_from(stage) if step.target == target), None)


@dataclass(frozen=True, slots=True)
class Task:
    """One criterion with what was found: a line of the task list."""

    row: DossierCriterion
    criterion: Criterion
    title: str
    papers: Sequence[tuple[str, bool]]
    files: Sequence[EvidenceLink]
    lacks: Sequence[str]

    @property
    def article(self) -> str:
        """The article it stands in."""
        return law.cite(self.criterion.articles[0])


def tasks(dossier: Dossier) -> list[Task]:
    """The criteria in the order of the law table, by the text in force today.

    A criterion that the text of today no longer has is read by the text of the dossier's first day.
    """
    texts = _texts(dossier)
    rows = {row.code: row for row in dossier.criteria.all()}
    return [_task(rows[code], text) for code, text in texts.items() if code in rows]


def task_of(dossier: Dossier, code: str) -> Task | None:
    """One line of the task list, or None when the dossier has no such criterion."""
    row = dossier.criteria.filter(code=code).first()
    text = _texts(dossier).get(code)
    return _task(row, text) if row is not None and text is not None else None


def lacking(dossier: Dossier, found: Sequence[Task]) -> list[str]:
    """What is missing before the dossier can be declared complete, in words."""
    words = []
    if dossier.law.header.in_a_case and dossier.case_filed_on is None:
        words.append(_("the day on which the case was filed"))
    if dossier.mark is None:
        words.append(_("the mark in the register"))
    if dossier.subject is None:
        words.append(_("the applicant in the register"))
    for task in found:
        words += [f"{task.title}: {what}" for what in task.lacks]
    return words


def next_due(dossier: Dossier) -> tuple[date, bool] | None:
    """By when the next stage with a clock is to be reached, and whether that is provisional."""
    due = []
    for step in dossier.law.steps:
        start = dossier.reached(step.start)
        if start is None or dossier.reached(step.stage) is not None:
            continue
        if dossier.stage in Dossier.ENDS and step.stage in Stage.values:
            continue
        end = law.deadline(step.clock, start)
        due.append((date(end.due.year, end.due.month, end.due.day), end.provisional))
    return min(due, default=None)


def kind_title(code: str) -> str:
    """What officers call the kind."""
    header = law.dossier_kind(code).header
    return header.title_zh if _is_chinese() else header.title_en


def kind_note(code: str) -> str:
    """What is to be known of the kind."""
    header = law.dossier_kind(code).header
    return header.note_zh if _is_chinese() else header.note_en


def kind_choices() -> list[tuple[str, str]]:
    """The kinds for a form; schemes that have ended say so."""
    choices = []
    for code, kind in law.dossier_kinds().items():
        title = kind_title(code)
        choices.append(
            (code, _("%(kind)s – ended") % {"kind": title} if kind.header.ended else title)
        )
    return choices


def _texts(dossier: Dossier) -> Mapping[str, Criterion]:
    kind = dossier.law
    first = {criterion.code: criterion for criterion in kind.criteria_on(dossier.draft_on)}
    today = {criterion.code: criterion for criterion in kind.criteria_on(timezone.localdate())}
    return {code: today.get(code, text) for code, text in first.items()}


def _task(row: DossierCriterion, text: Criterion) -> Task:
    chinese = _is_chinese()
    lines = text.evidence_zh if chinese else text.evidence_en
    files = list(links_of(row))
    lacks = []
    if text.required:
        if row.verdict == Verdict.NOT_MET:
            lacks.append(_("not met"))
        elif row.verdict != Verdict.MET:
            lacks.append(_("not settled yet"))
        if not files:
            lacks.append(_("no evidence file"))
    return Task(
        row,
        text,
        text.title_zh if chinese else text.title_en,
        [(line, place in row.papers) for place, line in enumerate(lines)],
        files,
        lacks,
    )


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
