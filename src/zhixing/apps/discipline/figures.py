"""The figures of a month as they stand on papers and pages: JSON values, with words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from zhixing import law
from zhixing.apps.adverts.api import Finding, ads_visible
from zhixing.apps.discipline import facts, rating, selectors, words
from zhixing.apps.discipline.rating import EMPTY, Rates
from zhixing.apps.media.api import media_visible
from zhixing.engines.rates import Ratio, change
from zhixing.kit.actors import Actor

PROBLEMS = 10


def month_end(month: date) -> date:
    """Last day of the month."""
    return facts.month_of(month)[1]


def month_before(month: date) -> date:
    """First day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def of_month(actor: Actor, month: date) -> dict[str, Any]:
    """Everything a monthly paper says, counted for the actor's offices."""
    start, end = facts.month_of(month)
    days = facts.random_days(actor, start, end)
    before = facts.random_days(actor, *facts.month_of(month_before(month)))
    total, earlier = rating.whole(days), rating.whole(before)
    pointed = facts.targeted(actor, start, end)
    names = dict(media_visible(actor).values_list("pk", "name"))
    return {
        "month": f"{month.year}年{month.month}月",
        "days": len(days),
        "itemised": len(rating.itemised(days)),
        "total": rates_record(total, earlier),
        "waiting": total.suspected,
        "media": _media(actor, days, before, names),
        "trades": _trades(days),
        "targeted": [
            {
                "name": names.get(medium, ""), "items": counts.items,
                "bad_items": counts.bad_items, "serious_items": counts.serious_items,
            }
            for medium, counts in sorted(pointed.items())
        ],
        "problems": _problems(actor, start, end),
        "sanctions": _sanctions(actor, start, end),
        **_dispatched(actor, start, end),
    }  # fmt: skip


def rates_record(rates: Rates, earlier: Rates) -> dict[str, Any]:
    """Rates with their words and the change by item against the month before."""
    record = rates.as_record()
    for name in ("item", "time", "area", "serious", "focus"):
        record[name]["text"] = words.rate_text(record[name])
    return record | {"change": words.change_text(change(rates.item, earlier.item))}


def _media(
    actor: Actor, days: rating.Days, before: rating.Days, names: Mapping[int, str]
) -> list[dict[str, Any]]:
    now = rating.by_domain(days, lambda row: row.medium)
    then = rating.by_domain(before, lambda row: row.medium)
    rows = [
        {"medium": medium, "name": names.get(medium, "")}
        | rates_record(rates, then.get(medium, EMPTY))
        for medium, rates in now.items()
    ]
    return sorted(rows, key=lambda row: (-(row["item"]["value"] or 0), row["name"]))


def _trades(days: rating.Days) -> list[dict[str, Any]]:
    titles = {trade.code: trade.title_zh for trade in law.media_ladder().trades}
    found = rating.by_trade(days) if days else {}
    return [
        {"code": code, "name": titles[code], "item": _told(item), "serious": _told(serious)}
        for code, (item, serious) in found.items()
        if item.rows
    ]


def _told(ratio: Ratio) -> dict[str, Any]:
    record = rating.ratio_record(ratio)
    return record | {"text": words.rate_text(record)}


def _problems(actor: Actor, start: date, end: date) -> list[dict[str, Any]]:
    """The rules most often confirmed, with their articles and a lawful way to say it."""
    from zhixing.apps.discipline.papers import articles_text

    confirmed = Finding.objects.filter(
        ad__in=ads_visible(actor), decision="confirmed", decided_at__date__range=(start, end)
    ).order_by("pk")
    counts: Counter[str] = Counter()
    example: dict[str, Any] = {}
    for finding in confirmed:
        counts[finding.family] += 1
        example[finding.family] = finding
    return [
        {
            "title": _family(family),
            "n": n,
            "articles": articles_text(example[family].articles),
            "remedy": example[family].remedy,
        }
        for family, n in counts.most_common(PROBLEMS)
    ]


def _family(code: str) -> str:
    from django.utils import translation

    from zhixing.apps.adverts.api import family_label

    with translation.override("zh-hans"):  # papers are in Chinese
        return str(family_label(code))


def _sanctions(actor: Actor, start: date, end: date) -> list[dict[str, Any]]:
    from zhixing.kit.papers.api import papers_about

    found = selectors.sanctions_visible(actor).filter(issued_on__range=(start, end))
    return [
        {
            "on": one.issued_on.isoformat() if one.issued_on else "",
            "medium": one.medium.name,
            "step": one.step_title,
            "number": "、".join(
                paper.number for paper in papers_about(one) if paper.form == "discipline.decision"
            ),
        }
        for one in found.order_by("issued_on", "pk")
    ]


def _dispatched(actor: Actor, start: date, end: date) -> dict[str, int]:
    sent = selectors.dispatches_visible(actor).filter(sent_on__range=(start, end))
    return {
        "sent": sent.count(),
        "answered": sent.filter(state="answered").count(),
        "late": sent.filter(was_late=True).count(),
    }
