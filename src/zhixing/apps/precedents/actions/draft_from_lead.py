"""A decided lead becomes the draft of a precedent, masked and filled in as far as it is known."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.leads.api import Lead
from zhixing.apps.precedents.actions.keep_precedents import check
from zhixing.apps.precedents.articles import read_articles
from zhixing.apps.precedents.masked import masked_party, masked_text
from zhixing.apps.precedents.models import Precedent
from zhixing.engines.lookalike import parse_name
from zhixing.kit.actors import Actor, require
from zhixing.kit.acts import act_label
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict
from zhixing.kit.scope import office_names

# What the decision on a lead says of the act.
OUTCOMES = {
    Lead.Disposition.CONFIRMED: Precedent.Outcome.ESTABLISHED,
    Lead.Disposition.CORRECTED: Precedent.Outcome.ESTABLISHED,
    Lead.Disposition.REFERRED: Precedent.Outcome.TRANSFERRED,
    Lead.Disposition.DISMISSED: Precedent.Outcome.NOT_ESTABLISHED,
}


@transaction.atomic
def draft_from_lead(actor: Actor, lead: Lead) -> Precedent:
    """Draft a precedent from a decided lead; one that is there already is returned.

    Raises:
        Refused: the actor does not head an office of the lead.
        Conflict: the lead is not decided, or nobody named its kind of act.
    """
    require(actor, "precedents.draft_precedent", lead)
    lead = Lead.objects.select_for_update(of=("self",)).select_related("subject").get(pk=lead.pk)
    if (known := Precedent.objects.filter(lead=lead).first()) is not None:
        return known
    if lead.is_open:
        raise Conflict(_("Decide on the lead first; what was not decided teaches nothing."))
    if lead.act_kind not in law.acts().kinds:
        raise Conflict(
            _("Nobody named the kind of act. Take the decision back, name it, and decide again.")
        )
    precedent = Precedent(**_filled_in(lead), written_by_id=actor.actor_id)
    check(precedent)
    with deed(actor, "precedent.draft") as act:
        precedent.save()
        act.obj = precedent
    return precedent


def _filled_in(lead: Lead) -> dict[str, Any]:
    evidence = lead.evidence or {}
    name = evidence.get("name") or (lead.subject.name if lead.subject else "")
    accused = parse_name(name).trade_name or masked_party(name) if name else ""
    outcome = OUTCOMES[Lead.Disposition(lead.disposition)]
    office = office_names([lead.unit_path]).get(lead.unit_path, lead.unit_path)
    assert lead.disposed_at is not None
    return {
        "unit_path": lead.unit_path,
        "lead": lead,
        "source": Precedent.Source.OWN,
        "act_kind": lead.act_kind,
        "title": _title(lead, accused)[:200],
        "parties": masked_party(name) if name else "",
        "facts": _facts(lead, name)[:4000],
        "protected": evidence.get("mark") or "",
        "accused": accused,
        "nice_classes": evidence.get("classes") or [],
        "articles": _articles(lead) if outcome != Precedent.Outcome.NOT_ESTABLISHED else "",
        "acted_on": lead.acted_on,
        "outcome": outcome,
        "decided_by": office,
        "decided_on": timezone.localdate(lead.disposed_at),
    }


def _title(lead: Lead, accused: str) -> str:
    protected = (lead.evidence or {}).get("mark")
    if protected and accused:
        return _("%(act)s: “%(accused)s” and “%(protected)s”") % {
            "act": act_label(lead.act_kind), "accused": accused, "protected": protected,
        }  # fmt: skip
    return f"{act_label(lead.act_kind)}:{_masked(lead, lead.title, '')}"


def _facts(lead: Lead, name: str) -> str:
    """The reasons and the decision, in the words of the file."""
    told = [str(reason["text"]) for reason in lead.reasons if reason.get("text")]
    return "\n".join(_masked(lead, text, name) for text in [*told, lead.disposition_reason])


def _masked(lead: Lead, text: str, name: str) -> str:
    if name:
        text = text.replace(name, masked_party(name))
    return masked_text(text, lead.subject)


def _articles(lead: Lead) -> str:
    rules = law.acts().rules_on(lead.act_kind, lead.law_day)
    cited = "\n".join(
        law.cite(article)
        for rule in rules
        if rule.role in {"forbids", "penalty"}
        for article in rule.articles
    )
    return "\n".join(read_articles(cited))
