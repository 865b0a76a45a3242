"""What officers do with a lead: assign, take, dispose, take the disposition back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.models import Lead
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid


@transaction.atomic
def assign_lead(actor: Actor, lead: Lead, officer: Officer) -> Lead:
    """Give an open lead to an officer who may check leads of its office.

    Raises:
        Refused: the actor heads no office that the lead belongs to.
        Conflict: it is disposed of already.
        Invalid: the officer has left, has another role, or works for other offices.
    """
    require(actor, "leads.assign_lead", lead)
    lead = locked_open(lead)
    if not officer.has_perm("leads.take_lead", lead):
        sentence = _("%(officer)s does not check leads of this office; choose another officer.") % {
            "officer": officer
        }
        raise Invalid(sentence, fields={"officer": [sentence]})
    with deed(actor, "lead.assign", lead):
        lead.assignee = officer
        lead.state = Lead.State.ASSIGNED
        lead.save(update_fields=["assignee", "state"])
    return lead


@transaction.atomic
def take_lead(actor: Officer, lead: Lead) -> Lead:
    """Start checking a lead oneself; one that another officer is checking stays theirs."""
    require(actor, "leads.take_lead", lead)
    lead = locked_open(lead)
    if lead.state == Lead.State.TAKEN and lead.assignee_id != actor.pk:
        raise Conflict(_("%(officer)s is checking this lead already.") % {"officer": lead.assignee})
    with deed(actor, "lead.take", lead):
        lead.assignee = actor
        lead.state = Lead.State.TAKEN
        lead.save(update_fields=["assignee", "state"])
    return lead


@transaction.atomic
def dispose_lead(actor: Officer, lead: Lead, *, disposition: str, reason: str) -> Lead:
    """Decide on a lead, with the reason that stays in the file.

    Raises:
        Refused: the actor may not decide on leads of that office.
        Invalid: no reason, or an unknown disposition.
        Conflict: somebody decided already; the message says who and what.
    """
    require(actor, "leads.dispose_lead", lead)
    if disposition not in Lead.Disposition.values:
        raise Invalid(
            _("Expected one of %(known)s, got “%(given)s”.")
            % {"known": ", ".join(Lead.Disposition.values), "given": disposition}
        )
    if not reason.strip():
        raise Invalid(
            _("Write a short reason; it stays in the file and teaches the engine."),
            fields={"reason": [_("required")]},
        )
    lead = locked_open(lead)
    with deed(actor, "lead.dispose", lead, reason=reason.strip()):
        lead.state = Lead.State.DISPOSED
        lead.disposition = disposition
        lead.disposition_reason = reason.strip()
        lead.disposed_by = actor
        lead.disposed_at = timezone.now()
        lead.assignee = lead.assignee or actor
        lead.save()
    return lead


@transaction.atomic
def reopen_lead(actor: Officer, lead: Lead, *, reason: str) -> Lead:
    """Take a disposition back; both the decision and its withdrawal stay in the change log.

    Raises:
        Refused: neither the officer who decided nor the head of the office.
    """
    require(actor, "leads.dispose_lead", lead)
    if not reason.strip():
        raise Invalid(
            _("Write why the decision is taken back."), fields={"reason": [_("required")]}
        )
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if lead.is_open:
        raise Conflict(_("This lead is open; there is no decision to take back."))
    if lead.disposed_by_id != actor.actor_id:
        require(actor, "leads.assign_lead", lead)
    with deed(actor, "lead.reopen", lead, reason=reason.strip()):
        lead.state = Lead.State.TAKEN
        lead.disposition = lead.disposition_reason = ""
        lead.disposed_by = lead.disposed_at = None
        lead.save()
    return lead


def locked_open(lead: Lead) -> Lead:
    """The lead as it stands now, locked for this transaction."""
    fresh: Lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if not fresh.is_open:
        raise Conflict(
            _("%(officer)s decided already: %(decision)s. Take that back first if it was wrong.")
            % {"officer": fresh.disposed_by, "decision": fresh.get_disposition_display()}
        )
    return fresh
