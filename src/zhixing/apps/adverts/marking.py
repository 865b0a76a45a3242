"""A text cut at the places of its findings, so that a page can mark each in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhixing.apps.adverts.models import Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with the findings that cover it.

    Attributes:
        start: where it begins in the text, in code points.
        begins: the findings whose first words these are; the page puts their numbers here.
    """

    start: int
    text: str
    findings: tuple[Finding, ...] = ()
    begins: tuple[tuple[int, Finding], ...] = ()

    @property
    def keys(self) -> str:
        """The numbers of its findings' rows, for a page that lights up the one at hand."""
        return " ".join(str(finding.pk) for finding in self.findings)

    @property
    def tone(self) -> str:
        """How the stretch is marked: the gravest of what is said of it, decided or open."""
        open_or_right = [f for f in self.findings if f.decision != Finding.Decision.REJECTED]
        if not open_or_right:
            return "rejected"
        if any(f.decision == Finding.Decision.CONFIRMED for f in open_or_right):
            return "confirmed"
        return "serious" if any(f.severity == "serious" for f in open_or_right) else "open"


def pieces(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """The text in order, cut where a finding begins or ends; findings may overlap.

    Args:
        findings: in the order of their numbers on the page, from 1.
    """
    placed = [
        (number, finding, finding.start, min(finding.end, len(text)))
        for number, finding in enumerate(findings, start=1)
        if finding.start is not None and finding.end is not None and finding.start < len(text)
    ]
    cuts = sorted(
        {0, len(text), *(s for _n, _f, s, _e in placed), *(e for _n, _f, _s, e in placed)}
    )
    result = []
    for start, end in pairwise(cuts):
        over = tuple(finding for _n, finding, s, e in placed if s <= start and e >= end)
        begins = tuple((number, finding) for number, finding, s, _e in placed if s == start)
        result.append(Piece(start, text[start:end], over, begins))
    return result


def absences(findings: Iterable[Finding]) -> list[tuple[int, Finding]]:
    """Findings about what is missing, with their numbers on the page."""
    numbered = enumerate(findings, start=1)
    return [(number, finding) for number, finding in numbered if finding.is_absence]
