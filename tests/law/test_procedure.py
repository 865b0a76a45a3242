"""The penalty procedure as a graph, and the official forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zhixing import law
from zhixing.law.errors import TableInvalid, UnknownCode
from zhixing.law.procedure import BACK

Write = Callable[[str, str], Path]


def test_every_state_can_be_reached_and_left() -> None:
    """From the first check on; only final states have no way on."""
    graph = law.procedure()
    reached, waiting = {"checking"}, ["checking"]
    while waiting:
        for step in graph.steps_from(waiting.pop()):
            if step.target != BACK and step.target not in reached:
                reached.add(step.target)
                waiting.append(step.target)
    assert reached == set(graph.states)
    stuck = {code for code in graph.states if not graph.steps_from(code)}
    assert stuck == {code for code, state in graph.states.items() if state.final}


def test_every_step_cites_its_article_and_every_guard_is_used() -> None:
    """A refused step can say by which article; no guard stands there for nothing."""
    graph = law.procedure()
    assert all(step.cited.startswith("《") for step in graph.steps.values())
    assert {guard for step in graph.steps.values() for guard in step.guards} == set(graph.guards)
    with pytest.raises(UnknownCode, match="no step 'fly'"):
        graph.step("fly")


def test_a_clock_that_a_step_starts_is_met_by_a_later_one() -> None:
    """Only periods of the party and of remedies end by themselves."""
    graph = law.procedure()
    started = {code for step in graph.steps.values() for code in step.starts}
    ended = {code for step in graph.steps.values() for code in step.ends}
    assert started - ended == {"penalty_publication", "reconsideration_request", "court_action"}


def test_the_official_set_has_56_forms() -> None:
    """Numbers without gap; those with a word bear numbers."""
    forms = law.official_forms()
    assert list(forms) == list(range(1, 57))
    assert forms[45].word == "处罚"
    assert not forms[14].is_numbered
    assert len([form for form in forms.values() if form.is_numbered]) == 31
    words = [form.word for form in forms.values() if form.word]
    assert len(set(words)) == len(words)


def test_a_province_adapts_forms_and_a_broken_graph_is_refused(local_law: Write) -> None:
    """A local form replaces that of its number; unknown codes name file and step."""
    local_law(
        "forms.toml",
        """
[[form]]
no = 45
title_zh = "行政处罚决定书(省式)"
title_en = "Penalty decision (province)"
word = "罚"
stage = "decided"
volume = "main"
""",
    )
    assert law.official_forms()[45].word == "罚"
    assert len(law.official_forms()) == 56
    local_law(
        "procedure.toml",
        """
[[state]]
code = "checking"
title_zh = "核查"
title_en = "Checking"

[[step]]
code = "file"
title_zh = "立案"
title_en = "File"
from = ["checking"]
to = "nowhere"
by = "head"
guards = []
articles = [{ instrument = "order-2", article = "18" }]
""",
    )
    with pytest.raises(TableInvalid, match="file: unknown state 'nowhere'"):
        law.procedure()
