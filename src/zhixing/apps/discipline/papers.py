"""The papers of discipline: facts gathered from the rows, papers made by the kit."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from zhixing.apps.adverts.api import Finding, articles_in_words
from zhixing.apps.discipline import words
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction
from zhixing.kit.actors import Actor
from zhixing.kit.papers.api import (
    Paper,
    draft_paper,
    issue_paper,
    papers_about,
    revise_paper,
)
from zhixing.kit.scope import office_names

NOTICE, DECISION = "discipline.notice", "discipline.decision"
DISPATCH = "discipline.dispatch"
BULLETIN = {"notice": "discipline.bulletin", "digest": "discipline.digest"}


def issue_notice(actor: Actor, sanction: Sanction) -> Paper:
    """The notice of an intended measure, issued."""
    return issue_paper(actor, draft_paper(actor, sanction, NOTICE, sanction_facts(sanction)))


def issue_decision(actor: Actor, sanction: Sanction) -> Paper:
    """The measure itself, or the letter that proposes it to the authority, issued."""
    return issue_paper(actor, draft_paper(actor, sanction, DECISION, sanction_facts(sanction)))


def issue_dispatch(actor: Actor, dispatch: Dispatch) -> Paper:
    """The letter that goes with a suspected advertisement, issued."""
    ad = dispatch.ad
    names = office_names([dispatch.to_path]) if dispatch.to_path else {}
    findings = Finding.objects.filter(ad=ad, is_current=True).exclude(decision="rejected")
    facts = {
        "receiver": names.get(dispatch.to_path) or dispatch.to_bureau,
        "matter": dispatch.matter,
        "title": str(ad),
        "text": ad.text,
        "advertiser": ad.advertiser.name if ad.advertiser else ad.advertiser_name,
        "due_on": dispatch.due_on,
        "findings": [
            {
                "span": one.span or "缺少应当标明的内容",
                "reason": one.reason,
                "articles": articles_text(one.articles),
            }
            for one in findings
        ],
    }
    return issue_paper(actor, draft_paper(actor, dispatch, DISPATCH, facts))


def put_bulletin(actor: Actor, bulletin: Bulletin) -> Paper:
    """The draft of a monthly paper, made anew from the figures as they are."""
    facts = dict(bulletin.figures) | {"remarks": bulletin.remarks}
    drafts = papers_about(bulletin).filter(state=Paper.State.DRAFT)
    if (draft := drafts.last()) is not None:
        return revise_paper(actor, draft, facts)
    return draft_paper(actor, bulletin, BULLETIN[bulletin.kind], facts)


def issue_bulletin(actor: Actor, bulletin: Bulletin) -> Paper:
    """The monthly paper, issued from its draft, which follows every change of the figures."""
    return issue_paper(actor, papers_about(bulletin).get(state=Paper.State.DRAFT))


def sanction_facts(sanction: Sanction) -> dict[str, Any]:
    """What the papers about a measure say."""
    rung, medium = sanction.rung, sanction.medium
    return {
        "medium": medium.operator_name or medium.name,
        "step": rung.title_zh,
        "form": rung.form_zh,
        "is_penalty": rung.is_penalty,
        "by_authority": rung.decided_by == "authority",
        "authority": medium.authority or "有关主管部门",
        "articles": words.cited(rung.articles),
        "period_start": sanction.period_start,
        "period_end": sanction.period_end,
        "reasons": [{"text": words.reason_text(reason)} for reason in sanction.reasons],
        "grounds": sanction.grounds,
        "noticed_on": sanction.noticed_on,
        "reply_due": sanction.reply_due,
        "reply": sanction.reply,
        "opinion": sanction.opinion,
        "term_until": sanction.term_until,
        "case_number": sanction.case_number,
    }


def articles_text(articles: list[str]) -> str:
    """Articles of a finding in one line, as Chinese papers cite them."""
    with translation.override("zh-hans"):
        return "、".join(articles_in_words(articles))
