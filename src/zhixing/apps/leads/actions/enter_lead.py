"""A lead entered by hand: a complaint, a report, an officer's own finding."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.leads.actions.check_act import check_act_kind
from zhixing.apps.leads.actions.raise_leads import dedup_key
from zhixing.apps.leads.models import Lead
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import validate

MONITOR = "by_hand"
METHOD = "entered by hand"


def enter_lead(actor: Actor, values: Mapping[str, Any]) -> Lead:
    """Put a suspicion into the inbox, with the check clock from the day it was received.

    Args:
        values: `title`, `act_kind`, `facts`, `source` (a value of `Lead.Source`); optional
            `subject`, `protected` and `accused` (the two names compared), `acted_on`,
            `received_on` (today when left out), `reference` (number of the complaint or file).

    Raises:
        Refused: the actor may not raise leads for that office.
        Invalid: a field cannot be right.
    """
    subject, today = values.get("subject"), timezone.localdate()
    received_on = values.get("received_on") or today
    acted_on = values.get("acted_on")
    _check(values, received_on, acted_on, today)
    due = law.deadline("lead_check", received_on)
    lead = Lead(
        unit_path=subject.unit_path if subject is not None else actor.unit_path,
        monitor=MONITOR,
        clause=law.acts().kind(values["act_kind"]).clause,
        title=values["title"].strip(),
        subject=subject,
        act_kind=values["act_kind"],
        acted_on=acted_on,
        reasons=_reasons(values),
        evidence={
            "source": values["source"],
            "reference": (values.get("reference") or "").strip(),
            "mark": (values.get("protected") or "").strip(),
            "name": (values.get("accused") or "").strip(),
        },
        method=METHOD,
        method_version="1",
        dedup_key=dedup_key(MONITOR, (uuid.uuid4().hex,)),
        found_at=_moment(received_on, today),
        due_on=due.due,
        due_is_provisional=due.provisional,
    )
    require(actor, "leads.raise_lead", lead)
    validate(lead)
    with deed(actor, "lead.enter") as act:
        lead.save()
        act.obj = lead
    return lead


def _check(
    values: Mapping[str, Any], received_on: date, acted_on: date | None, today: date
) -> None:
    check_act_kind(values.get("act_kind") or "")
    if values.get("source") not in Lead.Source.values:
        sentence = _("Choose where the lead comes from.")
        raise Invalid(sentence, fields={"source": [sentence]})
    for name in ("title", "facts"):
        if not (values.get(name) or "").strip():
            raise Invalid(_("Say what was reported."), fields={name: [_("required")]})
    if received_on > today:
        sentence = _("Expected a day up to today, got %(day)s.") % {"day": received_on}
        raise Invalid(sentence, fields={"received_on": [sentence]})
    if acted_on is not None and acted_on > received_on:
        sentence = _("The act cannot be later than the day it was received (%(day)s).") % {
            "day": received_on
        }
        raise Invalid(sentence, fields={"acted_on": [sentence]})


def _reasons(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was reported; with two names, also in what the engine finds them alike."""
    told: list[dict[str, Any]] = [{"code": "reported", "text": values["facts"].strip()}]
    protected, accused = values.get("protected") or "", values.get("accused") or ""
    if protected.strip() and accused.strip():
        # Its tables take a moment to load, so only where two names are given.
        from zhixing.engines.lookalike import judge

        told += judge([protected.strip()], [accused.strip()])["reasons"].to_pylist()[0]
    return told


def _moment(received_on: date, today: date) -> datetime:
    """Now for today; noon of an earlier day, whose hour nobody wrote down."""
    if received_on == today:
        return timezone.now()
    return timezone.make_aware(datetime.combine(received_on, time(12)))
