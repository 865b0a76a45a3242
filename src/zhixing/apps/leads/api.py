"""What other apps may use of leads."""

from zhixing.apps.leads.actions.handle_lead import assign_lead, dispose_lead, reopen_lead, take_lead
from zhixing.apps.leads.actions.raise_leads import NewLead, Raised, raise_leads
from zhixing.apps.leads.evidence import register_evidence
from zhixing.apps.leads.models import Lead
from zhixing.apps.leads.selectors import Quality, engine_quality, handled_share, leads_visible

__all__ = [
    "Lead",
    "NewLead",
    "Quality",
    "Raised",
    "assign_lead",
    "dispose_lead",
    "engine_quality",
    "handled_share",
    "leads_visible",
    "raise_leads",
    "register_evidence",
    "reopen_lead",
    "take_lead",
]
