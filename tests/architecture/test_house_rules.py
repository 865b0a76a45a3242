"""The code keeps the house rules, and each rule sees the breach it is there to see."""

from __future__ import annotations

import ast
import re
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture import house_rules as rules

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "zhixing"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))

INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I),
    "a style in the page": re.compile(r"<style\b|<[^>]+\sstyle\s*=", re.I),
    "a handler in an attribute": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "an address of another host": re.compile(r"\b(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I),
    "unescaped output": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off", re.I),
}


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_code_keeps_the_rule(rule: rules.Rule) -> None:
    """No file of the package breaks the rule."""
    breaches = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = PurePosixPath(path.relative_to(PACKAGE).as_posix())
        for line, complaint in rule(ast.parse(path.read_text(encoding="utf-8")), inside):
            breaches.append(f"src/zhixing/{inside}:{line}: {complaint}")
    assert not breaches, "\n" + "\n".join(breaches)


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        (rules.views_ask_selectors, "apps/leads/views/inbox.py", "Lead.objects.filter(pk=1)"),
        (rules.only_actions_write, "apps/leads/views/inbox.py", "form.save()"),
        (
            rules.only_actions_write,
            "apps/leads/selectors.py",
            "Lead.objects.filter(a=1).update(b=2)",
        ),
        (rules.only_actions_write, "apps/leads/api.py", "Lead.objects.bulk_create(rows)"),
        (rules.only_actions_write, "cli/bureau.py", "lead.delete()"),
        (rules.money_is_decimal, "apps/cases/models.py", "fine_amount = models.FloatField()"),
        (rules.money_is_decimal, "apps/cases/api.py", "def pay(amount: float | None): ..."),
        (rules.money_is_decimal, "apps/cases/api.py", "total = float(case.fine)"),
        (rules.apps_are_entered_by_api, "apps/leads/api.py", "import zhixing.apps.registry.models"),
        (
            rules.apps_are_entered_by_api,
            "apps/leads/actions/take.py",
            "from zhixing.apps.registry import selectors",
        ),
        (rules.message_ids_are_english, "kit/pages.py", "_('登录')"),
    ],
)
def test_rule_sees_a_breach(rule: rules.Rule, path: str, code: str) -> None:
    """Each rule reports a line that breaks it."""
    assert [line for line, _ in rule(ast.parse(code), PurePosixPath(path))] == [1]


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        (rules.views_ask_selectors, "apps/leads/selectors.py", "Lead.objects.filter(pk=1)"),
        (rules.only_actions_write, "apps/leads/actions/take_lead.py", "lead.save()"),
        (rules.only_actions_write, "apps/leads/models.py", "super().save()"),
        (rules.only_actions_write, "apps/leads/api.py", "seen.update(more); digest.update(b'x')"),
        (rules.money_is_decimal, "apps/cases/models.py", "fine_amount = models.DecimalField()"),
        (rules.money_is_decimal, "engines/survey/allocate.py", "def f(budget: float): ..."),
        (
            rules.apps_are_entered_by_api,
            "apps/leads/api.py",
            "from zhixing.apps.registry import api",
        ),
        (
            rules.apps_are_entered_by_api,
            "apps/leads/api.py",
            "from zhixing.apps.registry.api import subject_page",
        ),
        (rules.message_ids_are_english, "demo/town.py", "name = '示范市'"),
    ],
)
def test_rule_passes_what_is_right(rule: rules.Rule, path: str, code: str) -> None:
    """No rule reports a line that keeps it."""
    assert not list(rule(ast.parse(code), PurePosixPath(path)))


@pytest.mark.parametrize("what", INLINE)
def test_templates_suit_the_content_security_policy(what: str) -> None:
    """No template holds what the policy would block, or output that is not escaped."""
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group()[:80]}"
        for path in TEMPLATES
        for match in INLINE[what].finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("what", "template"),
    [
        ("a script in the page", "<script>go()</script>"),
        ("a style in the page", '<p class="a" style="color:red">'),
        ("a handler in an attribute", '<a href="#" onclick="go()">'),
        ("an address of another host", '<link href="//cdn.invalid/a.css">'),
        ("unescaped output", "{{ reason|safe }}"),
    ],
)
def test_template_patterns_see_a_breach(what: str, template: str) -> None:
    """Each pattern finds the thing it is named after."""
    assert INLINE[what].search(template)
