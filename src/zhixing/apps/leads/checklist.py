"""The checklist of a lead's kind of act: what has been established, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhixing import law
from zhixing.apps.leads.models import Lead, LeadAnswer
from zhixing.kit.acts import in_language
from zhixing.kit.files.api import EvidenceLink, links_of
from zhixing.law import ActKind, ActRule, ChecklistItem, LawError


@dataclass(frozen=True, slots=True)
class Line:
    """One item with its answer, if somebody gave one, and the files attached for it."""

    item: ChecklistItem
    answer: LeadAnswer | None
    links: Sequence[EvidenceLink] = ()

    @property
    def text(self) -> str:
        """The question, in the language of the page."""
        return in_language(self.item, "text")

    @property
    def evidence(self) -> str:
        """What answers it."""
        return in_language(self.item, "evidence")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as in force on the day of the act."""

    rule: ActRule

    @property
    def text(self) -> str:
        """What it says, in the language of the page."""
        return in_language(self.rule, "text")

    @property
    def citations(self) -> str:
        """Its articles as a Chinese file cites them."""
        return "、".join(law.cite(article) for article in self.rule.articles)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of one lead's kind of act, in the order of the law table."""

    kind: ActKind
    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        """How many items somebody has answered, “cannot tell” included."""
        return sum(line.answer is not None for line in self.lines)

    @property
    def open_essential(self) -> list[Line]:
        """Essential items that nobody has answered, or of which one cannot tell."""
        unclear = LeadAnswer.Answer.UNCLEAR
        return [
            line
            for line in self.lines
            if line.item.essential and (line.answer is None or line.answer.answer == unclear)
        ]

    @property
    def against(self) -> list[Line]:
        """Essential items answered with no: they speak against the act."""
        return [
            line
            for line in self.lines
            if line.item.essential
            and line.answer is not None
            and line.answer.answer == LeadAnswer.Answer.NO
        ]


def kind_of(lead: Lead) -> ActKind | None:
    """The lead's kind of act; None while nobody named one, or when the table lost it."""
    try:
        return law.acts().kind(lead.act_kind) if lead.act_kind else None
    except LawError:
        return None


def checklist_of(lead: Lead, *, with_files: bool = False) -> Checklist | None:
    """The lead's checklist, or None while its kind of act is not known."""
    kind = kind_of(lead)
    if kind is None:
        return None
    given = {
        answer.item: answer
        for answer in LeadAnswer.objects.filter(lead=lead, act_kind=kind.code).select_related(
            "answered_by"
        )
    }
    files: dict[str, list[EvidenceLink]] = {}
    for link in links_of(lead) if with_files else ():
        files.setdefault(link.role, []).append(link)
    lines = tuple(Line(item, given.get(item.code), files.get(item.code, ())) for item in kind.items)
    return Checklist(kind, lines)


def rules_of(lead: Lead) -> list[RuleLine]:
    """What the law said of the lead's kind of act on the day of the act."""
    kind = kind_of(lead)
    return [RuleLine(rule) for rule in law.acts().rules_on(kind.code, lead.law_day)] if kind else []
