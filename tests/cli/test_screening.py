"""A page with several ads: screened as a whole and by paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from zhixing.cli.screening import screen_page
from zhixing.engines.adlaw import Finding, Screened
from zhixing.engines.adlaw.findings import Part


def found(family: str, start: int | None, end: int | None) -> Finding:
    parts = () if start is None or end is None else (Part("r", start, end),)
    return Finding(
        family, "r", (), (), start, end, None, "ordinary", 0.9, "none", "", "", "v", parts
    )


class Words:
    """Finds its words; MISSING wherever a full text lacks 'ok'."""

    def __init__(self, words: dict[str, set[str]]) -> None:
        self._words = words

    def many(
        self,
        texts: Sequence[str],
        categories: Sequence[str],
        media: Sequence[str],
        scopes: Sequence[str],
    ) -> list[Screened]:
        rows = zip(texts, scopes, strict=True)
        return [Screened(tuple(self._one(text, scope)), "general", 0.6) for text, scope in rows]

    def _one(self, text: str, scope: str) -> list[Finding]:
        # A word is known only where its category is, which other words of the text drown.
        known = [w for w, cues in self._words.items() if w in text and not cues & set(text)]
        raised = [found("F_" + w, text.index(w), text.index(w) + len(w)) for w in known]
        return raised + ([found("MISSING", None, None)] if scope == "full" else [])


PAGE = "甲药根治\n乙楼升值\n丙"


def places(words: dict[str, set[str]], category: str = "", text: str = PAGE) -> list[object]:
    screened = screen_page(Words(words), text, category, "image", "full")  # type: ignore[arg-type]
    return [(one.family, one.start, one.end) for one in screened.findings]


def test_a_paragraph_is_judged_by_its_own_category() -> None:
    """What the other ad on the page hides is found, at its place in the page."""
    assert places({"根治": {"楼"}, "升值": {"药"}}) == [
        ("F_根治", 2, 4),
        ("F_升值", 7, 9),
        ("MISSING", None, None),
    ]


def test_parts_move_with_their_finding() -> None:
    """Frames are drawn from the parts."""
    screened = screen_page(Words({"升值": {"药"}}), PAGE, "", "image", "full")  # type: ignore[arg-type]
    assert screened.findings[0].parts == (Part("r", 7, 9),)


def test_nothing_is_told_twice() -> None:
    """What the whole page shows is not repeated for its paragraph; an absence is told once."""
    assert places({"升值": set()}) == [("F_升值", 7, 9), ("MISSING", None, None)]


def test_a_given_category_holds_for_the_whole_page() -> None:
    """The officer says what is advertised: no guessing by paragraph."""
    assert places({"根治": {"楼"}}, category="drug") == [("MISSING", None, None)]
    assert places({"根治": {"楼"}}, text="甲药根治") == [
        ("F_根治", 2, 4),
        ("MISSING", None, None),
    ]
