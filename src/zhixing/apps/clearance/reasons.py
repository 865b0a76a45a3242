"""Reasons of the engines in the words of the page's language.

Engines write Chinese sentences for the file; a report is read in either language, so the page says
each reason anew from its code and evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise

SENTENCES: Mapping[str, Text] = {
    "identical": gettext_lazy("the words are the same: “%(b)s”"),
    "folded": gettext_lazy("only script, variant, case or width differ"),
    "shape": gettext_lazy("character %(position)s: “%(b)s” looks like “%(a)s” (%(value)s)"),
    "sound_same": gettext_lazy("character %(position)s: “%(b)s” sounds the same as “%(a)s”"),
    "sound": gettext_lazy("character %(position)s: “%(b)s” sounds like “%(a)s” (%(value)s)"),
    "different": gettext_lazy("character %(position)s: “%(b)s” and “%(a)s” are not alike"),
    "letter": gettext_lazy("letter %(position)s: “%(b)s” stands for “%(a)s” (%(value)s)"),
    "meaning": gettext_lazy("character %(position)s: “%(b)s” means much the same as “%(a)s”"),
    "order": gettext_lazy("from character %(position)s: “%(a)s” is turned round to “%(b)s”"),
    "shuffled": gettext_lazy("the same characters in another order: “%(a)s” and “%(b)s”"),
    "rendering": gettext_lazy("“%(b)s” is a translation, transliteration or synonym of “%(a)s”"),
    "pinyin": gettext_lazy("“%(b)s” and “%(a)s” are characters and their pinyin"),
    "repeated": gettext_lazy("“%(b)s” is repeated"),
    "added": gettext_lazy("“%(b)s” is added"),
    "lost": gettext_lazy("“%(a)s” (character %(position)s of the mark) is missing"),
    "dressed": gettext_lazy("dressing words around it: %(b)s"),
    "common": gettext_lazy("“%(a)s” is an everyday word and weakly distinctive"),
    "everyday": gettext_lazy(
        "“%(b)s” is itself an everyday word or a place: a coincidence is likely"
    ),
    "edges": gettext_lazy("the outlines of the whole are alike (%(value)s)"),
    "main_part": gettext_lazy("the outlines of the main figure are alike (%(value)s)"),
    "details": gettext_lazy("%(agree)s of %(total)s details agree in place"),
    "size": gettext_lazy("the agreeing part is %(percent)s %% of the size"),
    "mirrored": gettext_lazy("alike in a mirror"),
    "turned": gettext_lazy("alike when turned by %(degrees)s degrees"),
    "inverted": gettext_lazy("light and dark are exchanged"),
}
_FACTS = ("position", "a", "b", "agree", "total", "percent", "degrees")


def sentence(reason: Mapping[str, Any]) -> str:
    """The reason in words; the engine's own sentence when its code is not known here."""
    template = SENTENCES.get(str(reason.get("code")))
    if template is None:
        return str(reason.get("text") or _("alike"))
    facts = {name: reason.get(name) or "" for name in _FACTS}
    value = reason.get("value")
    return str(template) % (facts | {"value": f"{value:.2f}" if value is not None else "—"})
