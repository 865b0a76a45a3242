"""The lines of an order check in words, each with the article it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.protection.law_words import articles
from zhixing.kit.register.columns import Text
from zhixing.law.errors import NotInForce

# code → (sentence, row of infringement_acts.toml that it rests on; empty: none)
WORDS: Mapping[str, tuple[Text, str]] = {
    "mark_known": (
        _("“%(mark)s” is not linked to a mark in the register; ask for the registration."),
        "duty.licence",
    ),
    "mark_in_force": (_("“%(mark)s” is registered and in force until %(until)s."), ""),
    "mark_term": (_("Until when “%(mark)s” is in force is not in the register."), "duty.licence"),
    "mark_ran_out": (_("“%(mark)s” ran out on %(until)s, before delivery."), "duty.licence"),
    "mark_not_registered": (_("“%(mark)s” is not a registered mark today."), "duty.licence"),
    "mark_classes": (
        _("“%(mark)s” is not registered for class %(classes)s of the order."), "duty.licence",
    ),
    "right_holder": (_("The client holds the mark: %(holder)s."), ""),
    "right_contract": (_("A contract is shown: %(contract)s."), ""),
    "right_other": (
        _("The mark belongs to %(holder)s, and no contract is shown."), "act.identical_mark",
    ),
    "right_none": (
        _("Nothing shows that %(client)s holds the mark or is licensed."), "duty.licence",
    ),
    "contract_in_force": (_("Contract %(contract)s is in force during the order."), ""),
    "contract_open_term": (_("Contract %(contract)s does not say its term."), "duty.licence"),
    "contract_ended": (_("Contract %(contract)s was ended or withdrawn."), "duty.licence"),
    "contract_term": (
        _("Contract %(contract)s runs from %(start)s to %(end)s, not during the whole order."),
        "duty.licence",
    ),
    "contract_mark": (_("Contract %(contract)s is about another mark."), "duty.licence"),
    "contract_grantee": (
        _("Contract %(contract)s allows %(grantee)s, neither client nor maker of this order."),
        "duty.licence",
    ),
    "contract_grantor": (
        _("Contract %(contract)s is granted by %(grantor)s; the holder is %(holder)s. Ask how the "
          "right was passed on."),
        "duty.licence",
    ),
    "contract_covers": (_("Contract %(contract)s covers the classes of the order."), ""),
    "contract_classes_unknown": (
        _("Contract %(contract)s does not say for which classes."), "duty.licence",
    ),
    "contract_classes": (
        _("Contract %(contract)s does not cover class %(classes)s of the order."), "duty.licence",
    ),
    "contract_export_only": (
        _("Contract %(contract)s is for export only; %(pieces)s pieces are sold in China."),
        "duty.licence",
    ),
    "contract_territory": (
        _("Contract %(contract)s is for %(territory)s; the goods go to %(destination)s."),
        "duty.licence",
    ),
    "rival_same": (
        _("“%(mark)s” is registered for class %(classes)s by %(holder)s. %(reason)s"),
        "act.identical_mark",
    ),
    "rival_like": (
        _("Looks like “%(mark)s” of %(holder)s, class %(classes)s. %(reason)s"),
        "act.similar_mark",
    ),
    "no_rival": (_("No mark of others for these classes looks like “%(mark)s”."), ""),
    "export_only": (_("Made for export only, to %(destination)s."), ""),
    "export_nowhere": (_("Made for export only, but no destination is given."), ""),
    "export_sold_here": (
        _("Said to be for export only, but %(pieces)s pieces are sold in China."),
        "act.identical_mark",
    ),
    "label": (_("The label names the maker and the place of origin."), ""),
    "label_unknown": (_("The text of the label is not given."), "duty.label"),
    "label_name": (_("The label does not name the maker %(maker)s."), "duty.label"),
    "label_origin": (_("The label does not name a place of origin."), "duty.label"),
}  # fmt: skip
TONES = {"ok": "good", "missing": "warn", "contradiction": "bad"}


@dataclass(frozen=True, slots=True)
class Told:
    """A line ready to show."""

    code: str
    verdict: str
    tone: str
    text: str
    articles: str


def told(lines: Iterable[Mapping[str, Any]], day: date) -> list[Told]:
    """The lines in words, with the articles in force on the day of the order."""
    return [
        Told(
            line["code"],
            line["verdict"],
            TONES[line["verdict"]],
            str(WORDS[line["code"]][0]) % line["facts"],
            _articles(WORDS[line["code"]][1], day),
        )
        for line in lines
    ]


def _articles(code: str, day: date) -> str:
    if not code:
        return ""
    try:
        return articles(law.on("infringement_acts", code, day))
    except NotInForce:
        return ""
