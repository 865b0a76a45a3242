"""What other apps may use of leads."""

from zhixing.apps.leads.actions.check_act import Given, answer_checklist, name_act
from zhixing.apps.leads.actions.enter_lead import MONITOR as BY_HAND
from zhixing.apps.leads.actions.enter_lead import enter_lead
from zhixing.apps.leads.actions.handle_lead import assign_lead, dispose_lead, reopen_lead, take_lead
from zhixing.apps.leads.actions.raise_leads import NewLead, Raised, dedup_key, raise_leads
from zhixing.apps.leads.actions.rejudge_leads import Rejudgement, rejudge_leads
from zhixing.apps.leads.evidence import labels as monitor_labels
from zhixing.apps.leads.evidence import register_evidence
from zhixing.apps.leads.measures import decided_of_found
from zhixing.apps.leads.models import Lead, LeadAnswer
from zhixing.apps.leads.sections import LeadSection, register_lead_section
from zhixing.apps.leads.selectors import (
    JUSTIFIED,
    Quality,
    engine_quality,
    handled_share,
    leads_of_keys,
    leads_visible,
)

__all__ = [
    "BY_HAND",
    "JUSTIFIED",
    "Given",
    "Lead",
    "LeadAnswer",
    "LeadSection",
    "NewLead",
    "Quality",
    "Raised",
    "Rejudgement",
    "answer_checklist",
    "assign_lead",
    "decided_of_found",
    "dedup_key",
    "dispose_lead",
    "engine_quality",
    "enter_lead",
    "handled_share",
    "leads_of_keys",
    "leads_visible",
    "monitor_labels",
    "name_act",
    "raise_leads",
    "register_evidence",
    "register_lead_section",
    "rejudge_leads",
    "reopen_lead",
    "take_lead",
]
