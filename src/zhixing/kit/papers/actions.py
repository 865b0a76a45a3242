"""Deeds on papers: draft, revise, issue, withdraw.

A draft may be made anew as often as facts change; each time a version is kept. Issuing gives the
number, makes the last version with it and freezes both files: whatever changes afterwards, the
paper is what it was. What was wrong is withdrawn with a reason, and its number stays with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict
from zhixing.kit.files.api import attach
from zhixing.kit.papers.compose import compose
from zhixing.kit.papers.docx import to_docx
from zhixing.kit.papers.form import form as form_of
from zhixing.kit.papers.models import Paper, PaperVersion
from zhixing.kit.papers.numbering import next_number
from zhixing.kit.papers.pdf import to_pdf
from zhixing.kit.reasons import stated
from zhixing.kit.scope import office_names

State = Paper.State


@transaction.atomic
def draft_paper(
    actor: Actor, about: models.Model, form: str, facts: Mapping[str, Any], *, unit_path: str = ""
) -> Paper:
    """Make the first draft of a paper about something.

    Args:
        about: what it is about; its office signs unless another is named.
        form: code of the form.
        facts: what the form asks for.

    Raises:
        Refused: the actor does not write papers for that office.
        Invalid: a fact is missing, or a character cannot be drawn.
    """
    paper = Paper(
        form=form,
        about=about,
        unit_path=unit_path or getattr(about, "unit_path", "") or actor.unit_path,
    )
    require(actor, "kit.add_paper", paper)
    paper.title = form_of(form).title_zh
    with deed(actor, "paper.draft") as act:
        paper.save()
        act.obj = paper
    _make(actor, paper, facts)
    return paper


@transaction.atomic
def revise_paper(actor: Actor, paper: Paper, facts: Mapping[str, Any]) -> Paper:
    """Make the draft anew from the facts as they are now.

    Raises:
        Conflict: it is issued; an issued paper is withdrawn, not changed.
    """
    paper = _locked(actor, paper, State.DRAFT)
    with deed(actor, "paper.revise", paper):
        paper.save(update_fields=["updated"])
    _make(actor, paper, facts)
    return paper


@transaction.atomic
def issue_paper(actor: Actor, paper: Paper, *, on: date | None = None) -> Paper:
    """Number the paper, make its last version and freeze it.

    Raises:
        Refused: the actor may not issue papers of the office.
        Conflict: it is issued already.
    """
    paper = _locked(actor, paper, State.DRAFT, "kit.issue_paper")
    day = on or timezone.localdate()
    word = form_of(paper.form).word
    facts = paper.versions.order_by("-n")[0].facts
    with deed(actor, "paper.issue", paper) as act:
        if word:
            paper.book, paper.sequence, paper.number = next_number(paper.unit_path, word, day.year)
        paper.state, paper.issued_on, paper.issued_by_id = State.ISSUED, day, actor.actor_id
        paper.save()
        version = _make(actor, paper, facts)
        act.detail = {
            "number": paper.number,
            "facts_sm3": version.facts_sm3,
            "docx_sm3": version.docx.sm3,
            "pdf_sm3": version.pdf.sm3,
        }
    return paper


@transaction.atomic
def withdraw_paper(actor: Actor, paper: Paper, *, reason: str) -> Paper:
    """Take an issued paper back; it stays readable, and its number is not given again."""
    paper = _locked(actor, paper, State.ISSUED, "kit.issue_paper")
    told = stated(reason)
    with deed(actor, "paper.withdraw", paper, reason=told):
        paper.state, paper.withdrawn_for = State.WITHDRAWN, told[:300]
        paper.save()
    return paper


def digest_of(paper: Paper, form_version: int, facts: Mapping[str, Any]) -> str:
    """SM3 over what a version was made of."""
    parts = [paper.form, form_version, paper.number, str(paper.issued_on or ""), facts]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.new("sm3", text.encode()).hexdigest()


def _make(actor: Actor, paper: Paper, facts: Mapping[str, Any]) -> PaperVersion:
    form = form_of(paper.form)
    facts = json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
    office = office_names([paper.unit_path]).get(paper.unit_path, "")
    sheet = compose(form, facts, office=office, day=paper.issued_on, number=paper.number)
    n = paper.versions.count() + 1
    name = paper.number or f"{form.title_zh}-{n}"
    # Equal content is one evidence file per role, so each version has a role of its own.
    files = [
        attach(
            actor, paper, ContentFile(content, f"{name}.{kind}"),
            caption=sheet.heading, role=f"{kind} {n}",
        )
        for kind, content in (("docx", to_docx(sheet, form.code)), ("pdf", to_pdf(sheet)))
    ]  # fmt: skip
    if paper.title != sheet.heading[:200]:
        paper.title = sheet.heading[:200]
        paper.save(update_fields=["title"])
    return PaperVersion.objects.create(
        paper=paper,
        n=n,
        form_version=form.version,
        facts=facts,
        facts_sm3=digest_of(paper, form.version, facts),
        docx=files[0],
        pdf=files[1],
        is_issued=paper.state == State.ISSUED,
    )


def _locked(actor: Actor, paper: Paper, state: str, perm: str = "kit.add_paper") -> Paper:
    fresh: Paper = Paper.objects.select_for_update().get(pk=paper.pk)
    require(actor, perm, fresh)
    if fresh.state != state:
        raise Conflict(
            _("The paper is “%(state)s” now; this step is not open.")
            % {"state": fresh.get_state_display()}
        )
    return fresh
