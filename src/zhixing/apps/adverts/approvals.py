"""Does an approval bear the advertisement that shows its number (Law art 46, Order 21 art 9–20)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from zhixing.apps.adverts.families import APPROVAL
from zhixing.apps.adverts.models import Ad, Approval
from zhixing.apps.adverts.numbers import kind_of, shown_in
from zhixing.engines.neardup import plain
from zhixing.kit.exchange.bulk import AmongKeys

# Two words of a product's name tell it from another where the whole name does not stand there.
PAIR = 2
# Product categories whose advertisements an approval of a kind may bear.
CATEGORIES = {
    "drug": ("drug",), "device": ("device",), "health_food": ("health_food",), "fsmp": ("fsmp",),
    "medical": ("medical", "medical_beauty"), "pesticide": ("agri",), "veterinary": ("agri",),
}  # fmt: skip
ARTICLES = ("advertising-law art 46",)
PENALTY = ("advertising-law art 58",)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against the number an advertisement shows."""

    rule: str
    probability: float
    reason: str
    number: str

    family: str = APPROVAL


@dataclass(frozen=True, slots=True)
class Register:
    """The approvals that some advertisements name, and the kinds of which any are on file."""

    by_number: Mapping[str, Approval]
    kinds: frozenset[str]


def register_for(ads: Iterable[Ad]) -> Register:
    """Look up the numbers of many advertisements at once."""
    numbers = sorted({number for ad in ads for number in shown_in(ad.text)})
    if not numbers:
        return Register({}, frozenset())
    rows = Approval.objects.filter(AmongKeys("number", numbers))
    kinds = Approval.objects.order_by().values_list("kind", flat=True).distinct()
    return Register({row.number: row for row in rows}, frozenset(kinds))


def doubts(ad: Ad, category: str, register: Register) -> list[Doubt]:
    """What speaks against each number that the text shows.

    A number that is not on file is doubtful only where the register holds approvals of its kind.
    """
    found = []
    for number in dict.fromkeys(shown_in(ad.text)):
        approval = register.by_number.get(number)
        if approval is not None:
            found += _against(ad, category, approval)
        elif kind_of(number) in register.kinds:
            reason = _("The number %(number)s is not in the register of approvals.")
            found.append(Doubt("approval.unknown", 0.6, reason % {"number": number}, number))
    return found


def _against(ad: Ad, category: str, approval: Approval) -> list[Doubt]:
    facts = {
        "number": approval.number,
        "first": approval.valid_from.isoformat(),
        "last": approval.valid_to.isoformat(),
        "status": approval.get_status_display(),
        "product": approval.product,
    }
    first, last = _days(ad)
    found = []
    if approval.status != Approval.Status.VALID:
        reason = _("The approval %(number)s: %(status)s.") % facts
        found.append(Doubt("approval.withdrawn", 0.9, reason, approval.number))
    if last > approval.valid_to:
        reason = _("The approval %(number)s ran out on %(last)s; shown on %(day)s.")
        told = facts | {"day": last.isoformat()}
        found.append(Doubt("approval.expired", 0.97, reason % told, approval.number))
    if first < approval.valid_from:
        reason = _("The approval %(number)s began on %(first)s; shown on %(day)s.")
        told = facts | {"day": first.isoformat()}
        found.append(Doubt("approval.not_begun", 0.95, reason % told, approval.number))
    if not is_about(approval.product, f"{ad.text}{ad.product}{ad.title}"):
        reason = _(
            "The approval %(number)s is for “%(product)s”, which the advertisement does not name."
        )
        found.append(Doubt("approval.product", 0.8, reason % facts, approval.number))
    elif category and category not in CATEGORIES[approval.kind]:
        reason = _("The approval %(number)s is for goods of another kind: “%(product)s”.")
        found.append(Doubt("approval.kind", 0.5, reason % facts, approval.number))
    return found


def _days(ad: Ad) -> tuple[date, date]:
    created = ad.created.date()
    return ad.first_seen or created, ad.last_seen or created


def is_about(product: str, text: str) -> bool:
    """Whether a text names a product: its whole name, or the larger part of it in pairs."""
    name, words = plain(product), plain(text)
    if not name or name in words:
        return True
    pairs = {name[place : place + PAIR] for place in range(len(name) - PAIR + 1)}
    return bool(pairs) and sum(pair in words for pair in pairs) > len(pairs) * 2 / 3
