"""Ad discipline of the demo: the last month held against the ladder, measures, letters, papers."""

from __future__ import annotations

from datetime import date, timedelta

from zhixing.apps.accounts.api import Officer, OrgUnit
from zhixing.apps.adverts.api import ads_visible
from zhixing.apps.discipline.api import (
    Sanction,
    accept_dispatch,
    answer_dispatch,
    approve,
    give_notice,
    issue_bulletin,
    issue_sanction,
    list_advertisers,
    make_bulletin,
    plan_training,
    propose_by_hand,
    propose_sanctions,
    record_reply,
    send_dispatch,
    submit,
)
from zhixing.apps.media.api import media_visible

DISPATCHED = 3


def discipline(city: OrgUnit, today: date) -> dict[str, int]:
    """Take the month before through what an office does with it; returns how much of each."""
    head = Officer.objects.get(username="head")
    leader = Officer.objects.get(username="leader")
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    proposed = propose_sanctions(head, month)
    if not proposed:
        medium = media_visible(head).order_by("pk")[0]
        grounds = "多次播出同一违法广告,群众投诉集中,影响市场秩序。"
        proposed = [propose_by_hand(head, medium, step="warning", month=month, grounds=grounds)]
    _take(head, leader, proposed[0], today)
    if len(proposed) > 1:
        give_notice(head, proposed[1])
    sent = _dispatch(head, city, today)
    notice = make_bulletin(
        head,
        {"kind": "notice", "month": month, "remarks": "各媒体应当健全广告审查制度,先审后发。"},
    )
    issue_bulletin(head, notice)
    make_bulletin(head, {"kind": "digest", "month": month})
    listed = list_advertisers(head)
    plan_training(
        head,
        {"topic": "三品一械广告合规", "held_on": today + timedelta(days=14), "place": "市局一楼"},
    )
    return {"measures": len(proposed), "letters": sent, "to be trained": len(listed)}


def _take(head: Officer, leader: Officer, sanction: Sanction, today: date) -> None:
    """One measure from notice to issue, by two people."""
    noticed = give_notice(head, sanction)
    replied = record_reply(
        head, noticed, reply="已停止发布相关广告,并对审查人员进行了培训。", replied_on=today
    )
    submitted = submit(head, replied, opinion="意见不影响事实认定,建议采取措施。")
    approved = approve(leader, submitted)
    issue_sanction(head, approved)


def _dispatch(head: Officer, city: OrgUnit, today: date) -> int:
    """Suspected advertisements sent to county bureaus: one answered, one acknowledged, one open."""
    ads = ads_visible(head).filter(verdict__in=("violating", "serious")).order_by("pk")
    counties = OrgUnit.objects.filter(parent=city).order_by("path")
    pairs = list(zip(ads[:DISPATCHED], counties, strict=False))
    for number, (ad, county) in enumerate(pairs):
        dispatch = send_dispatch(
            head, ad, to_path=county.path, matter="广告主住所在你辖区,涉嫌发布违法广告。"
        )
        receiver = _receiver(county)
        if receiver is None or number == len(pairs) - 1:
            continue
        dispatch = accept_dispatch(receiver, dispatch)
        if number == 0:
            answer_dispatch(
                receiver, dispatch, outcome="case", feedback="已立案调查。", answered_on=today
            )
    return len(pairs)


def _receiver(county: OrgUnit) -> Officer | None:
    """Somebody who deals with cases of the county bureau, or of the city for all of them."""
    found: Officer | None = (
        Officer.objects.filter(unit=county, role_assignments__role__in=("head", "officer"))
        .order_by("pk")
        .first()
    )
    return found or Officer.objects.filter(username="head").first()
