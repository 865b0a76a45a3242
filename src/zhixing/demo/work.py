"""What the demo officers do with the leads: assign, take, and decide as the truth tells them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.api import Lead, assign_lead, dispose_lead, leads_visible, take_lead
from zhixing.demo.brands import Plant

# Of ten leads, five are decided, two assigned to the officer of the demo, three left open.
DECIDED, ASSIGNED = 0.5, 0.2
JUSTIFIED = (
    ("confirmed", "核查属实,字号与受保护商标构成近似,移交办案机构立案"),
    ("corrected", "经营者已签收责令改正通知书,限期办理名称变更"),
    ("referred", "经营地不在本辖区,已移交所在地市场监管局"),
)
DISMISSED = ("dismissed", "经核查,名称含义、行业与受保护商标明显不同,不足以误认")


def work_off(truth: Mapping[str, Plant], seed: int) -> dict[str, int]:
    """Work off part of the inbox; returns how many leads were decided and assigned."""
    rng = np.random.default_rng(seed + 2)
    head = Officer.objects.get(username="head")
    officer = Officer.objects.get(username="officer")
    done = {"decided": 0, "assigned": 0}
    leads = list(leads_visible(head).filter(state=Lead.State.OPEN, monitor="brands").order_by("pk"))
    for lead, chance in zip(leads, rng.random(len(leads)), strict=True):
        if chance < DECIDED:
            plant = truth.get(lead.evidence["name"])
            is_true = plant is not None and plant.kind and plant.brand == lead.evidence["mark"]
            disposition, reason = JUSTIFIED[int(rng.integers(3))] if is_true else DISMISSED
            take_lead(officer, lead)
            dispose_lead(officer, lead, disposition=disposition, reason=reason)
            done["decided"] += 1
        elif chance < DECIDED + ASSIGNED:
            assign_lead(head, lead, officer)
            done["assigned"] += 1
    return done
