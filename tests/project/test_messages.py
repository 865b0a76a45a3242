"""The catalogue and the code are compared as `make check` compares them."""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from zhixing.project import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a = _("Sign in")
b = ngettext("%(n)d lead", "%(n)d leads", 3)
c = pgettext("verb", "Open")
"""
TEMPLATE = """{% load i18n %}
   <p title="{% translate 'Due' context "clock" %}">it's (((
 {% blocktranslate trimmed with n=x %}
   By {{ n }}
   or later
  {% endblocktranslate %}
"""
DRAFTS = {
    ("", "Sign in"): "登录",
    ("", "%(n)d lead"): "%(n)d 条线索",
    ("verb", "Open"): "打开",
    ("clock", "Due"): "到期",
    ("", "By %(n)s or later"): "%(n)s 之前或之后",
}


@pytest.fixture
def used(tmp_path: Path) -> Catalog:
    (tmp_path / "app" / "templates" / "app").mkdir(parents=True)
    (tmp_path / "app" / "code.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "app" / "templates" / "app" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return messages.source_messages(tmp_path)


def empty() -> Catalog:
    return Catalog(locale="zh_Hans", fuzzy=False)


def reread(catalogue: Catalog) -> Catalog:
    return read_po(BytesIO(messages.as_po(catalogue)), locale="zh_Hans")


def test_messages_are_found_in_code_and_templates(used: Catalog) -> None:
    """Plain, plural, contextual and block messages are found in both kinds of file."""
    assert {messages._key(message) for message in used if message.id} == set(DRAFTS)


def test_merged_catalogue_answers_to_gettext(used: Catalog) -> None:
    """What was drafted comes back from the compiled file, plural and context included."""
    file = BytesIO()
    write_mo(file, reread(messages.merged(used, empty(), DRAFTS)))
    file.seek(0)
    chinese = gettext.GNUTranslations(file)
    assert chinese.gettext("Sign in") == "登录"
    assert chinese.ngettext("%(n)d lead", "%(n)d leads", 3) == "%(n)d 条线索"
    assert chinese.pgettext("clock", "Due") == "到期"


def test_complete_catalogue_has_no_complaint(used: Catalog) -> None:
    """A catalogue that covers the code exactly passes."""
    assert messages.complaints(used, reread(messages.merged(used, empty(), DRAFTS))) == []


def test_merge_keeps_what_is_there_and_drafts_win(used: Catalog) -> None:
    """A second merge without drafts loses nothing; a new draft replaces the old Chinese."""
    first = reread(messages.merged(used, empty(), DRAFTS))
    assert messages.as_po(messages.merged(used, first, {})) == messages.as_po(first)
    again = messages.merged(used, first, {("", "Sign in"): "登入"})
    assert again.get("Sign in").string == "登入"


@pytest.mark.parametrize(
    ("key", "chinese", "complaint"),
    [
        (("", "Sign in"), "", "no Chinese: 'Sign in' (app/code.py:3)"),
        (("", "%(n)d lead"), "线索", "other placeholders in the Chinese: '%(n)d lead'"),
        (("", "By %(n)s or later"), "%(m)s 之后", "other placeholders in the Chinese"),
    ],
)
def test_each_gap_is_named(used: Catalog, key: messages.Key, chinese: str, complaint: str) -> None:
    """A missing translation and a changed placeholder are each named, once."""
    lines = messages.complaints(used, messages.merged(used, empty(), DRAFTS | {key: chinese}))
    assert len(lines) == 1
    assert complaint in lines[0]


def test_unused_translation_is_named(used: Catalog) -> None:
    """A translation no code asks for is reported."""
    catalogue = messages.merged(used, empty(), DRAFTS)
    catalogue.add("Gone", "没了")
    assert messages.complaints(used, catalogue) == ["no longer used: 'Gone'"]


def test_drafts_are_read_with_context_and_line_breaks(tmp_path: Path) -> None:
    """A draft line may carry a context and a line break; blank and comment lines are skipped."""
    (tmp_path / "a.po.txt").write_text(
        "# screens\n\nverb|Open\t打开\nTwo\\nlines\t两\\n行\nOne | two\t一 | 二\n", encoding="utf-8"
    )
    assert messages.read_parts(tmp_path) == {
        ("verb", "Open"): "打开",
        ("", "Two\nlines"): "两\n行",
        ("", "One | two"): "一 | 二",
    }


@pytest.mark.parametrize("second", ["Open\t开启\n", "Open 打开\n"])
def test_bad_drafts_are_refused_with_their_line(tmp_path: Path, second: str) -> None:
    """Two drafts that disagree, or a line without a tab, name the file and the line."""
    (tmp_path / "a.po.txt").write_text("Open\t打开\n", encoding="utf-8")
    (tmp_path / "b.po.txt").write_text(second, encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"b\.po\.txt:1"):
        messages.read_parts(tmp_path)
