"""Deeds on campaigns: plan, change, set targets, start, close with a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer, units_visible
from zhixing.apps.campaigns.models import Campaign, Target
from zhixing.apps.campaigns.tallies import count, digest_of, freeze
from zhixing.apps.campaigns.words import ends_too_early
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.measures import measures
from zhixing.kit.register import apply_changes, fresh_row, validate

State = Campaign.State
# Which deed leads from which state to which.
TRANSITIONS = {"start": (State.DRAFT, State.RUNNING), "close": (State.RUNNING, State.CLOSED)}


def enter_campaign(actor: Actor, values: Mapping[str, Any]) -> Campaign:
    """Plan a campaign of the actor's own office; it is a draft until it is started.

    Raises:
        Refused: the actor plans no campaigns there.
        Invalid: a field cannot be right, or an office is not one of the actor's.
    """
    campaign = Campaign(unit_path=actor.unit_path)
    apply_changes(campaign, values)
    require(actor, "campaigns.add_campaign", campaign)
    _check(actor, campaign)
    with deed(actor, "campaign.enter") as act:
        campaign.save()
        act.obj = campaign
    return campaign


def change_campaign(
    actor: Actor,
    obj: Campaign,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Campaign:
    """Change the plan of a campaign that is not closed; the figures follow by themselves.

    Raises:
        Refused: it is not a campaign of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Conflict: it is closed.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        campaign = fresh_row(obj, stamp)
        require(actor, "campaigns.change_campaign", campaign)
        _require_open(campaign)
        with deed(actor, "campaign.change", campaign, reason=reason):
            apply_changes(campaign, changes)
            require(actor, "campaigns.change_campaign", campaign)
            _check(actor, campaign)
            campaign.save()
    return campaign


@transaction.atomic
def set_target(
    actor: Actor,
    obj: Campaign,
    *,
    measure: str,
    office: str = "",
    number: int | None = None,
    base_value: int | None = None,
    base_source: str = "",
) -> Target | None:
    """Set what is wanted of a measure, from one office or (empty) from all together.

    A base figure is entered only with its source, and shown only where the platform itself holds
    no data of the base year. Without target and base figure the row is removed.

    Raises:
        Refused: it is not a campaign of the actor's offices.
        Conflict: it is closed.
        Invalid: the campaign does not count that, the office takes no part, or a source is missing.
    """
    campaign = fresh_row(obj)
    require(actor, "campaigns.change_campaign", campaign)
    _require_open(campaign)
    if measure not in campaign.measures:
        raise _wrong("measure", _("The campaign does not count this; choose it in the plan first."))
    if office and office not in campaign.offices:
        raise _wrong("office", _("This office takes no part in the campaign."))
    if base_value is not None and not base_source.strip():
        raise _wrong("base_source", _("Say where the figure of the base year was taken from."))
    target = Target.objects.filter(campaign=campaign, measure=measure, office=office).first()
    if number is None and base_value is None:
        if target is not None:
            with deed(actor, "campaign.drop_target", campaign, detail={"measure": measure}):
                target.delete()
        return None
    target = target or Target(campaign=campaign, measure=measure, office=office)
    target.number, target.base_value = number, base_value
    target.base_source = base_source.strip() if base_value is not None else ""
    validate(target)
    detail = {
        "measure": measure, "office": office, "target": number, "base_value": base_value,
        "base_source": target.base_source,
    }  # fmt: skip
    with deed(actor, "campaign.set_target", campaign, detail=detail):
        target.save()
    return target


@transaction.atomic
def start_campaign(actor: Actor, obj: Campaign) -> Campaign:
    """Start a planned campaign: from now on it is on the desk of its offices and on the board.

    Raises:
        Refused: the actor plans no campaigns there.
        Conflict: it is no draft.
    """
    campaign = fresh_row(obj)
    require(actor, "campaigns.change_campaign", campaign)
    _check(actor, campaign)
    with deed(actor, "campaign.start", campaign):
        _move(campaign, "start")
        campaign.save()
    return campaign


@transaction.atomic
def close_campaign(actor: Officer, obj: Campaign, *, conclusion: str) -> Campaign:
    """Close a campaign with its conclusion; the figures are counted once more and frozen.

    Raises:
        Refused: the actor may not, or does not see all participating offices.
        Invalid: no conclusion.
        Conflict: it is not running.
    """
    campaign = fresh_row(obj)
    require(actor, "campaigns.close_campaign", campaign)
    if not conclusion.strip():
        raise _wrong("conclusion", _("Write what the campaign achieved and what remains to do."))
    found = count(actor, campaign)
    if found.hidden:
        raise Conflict(_("You do not see all participating offices; their bureau must close it."))
    with deed(actor, "campaign.close", campaign):
        _move(campaign, "close")
        campaign.frozen = freeze(found)
        campaign.digest = digest_of(campaign.frozen)
        campaign.conclusion = conclusion.strip()
        campaign.closed_by, campaign.closed_at = actor, timezone.now()
        campaign.save()
    return campaign


def _move(campaign: Campaign, step: str) -> None:
    before, after = TRANSITIONS[step]
    if campaign.state != before:
        raise Conflict(
            _("Expected a campaign that is: %(expected)s; this one is: %(state)s.")
            % {"expected": before.label, "state": campaign.get_state_display()}
        )
    campaign.state = after


def _require_open(campaign: Campaign) -> None:
    if campaign.is_closed:
        raise Conflict(_("This campaign is closed; its figures are frozen."))


def _check(actor: Actor, campaign: Campaign) -> None:
    """Raises Invalid: with what was expected and found, by field."""
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        raise _wrong("ends_on", ends_too_early(campaign.starts_on))
    if campaign.base_year and campaign.starts_on and campaign.base_year >= campaign.starts_on.year:
        raise _wrong(
            "base_year",
            _("The base year must lie before %(year)d.") % {"year": campaign.starts_on.year},
        )
    for name, given, known in (
        ("act_kinds", campaign.act_kinds, law.acts().kinds),
        ("measures", campaign.measures, measures()),
    ):
        if unknown := sorted(set(given) - set(known)):
            raise _wrong(name, _("Unknown: %(names)s.") % {"names": ", ".join(unknown)})
    if not campaign.measures:
        raise _wrong("measures", _("Choose at least one thing to count."))
    if not campaign.offices:
        raise _wrong("offices", _("Choose at least one office that takes part."))
    seen = set(units_visible(actor).values_list("path", flat=True))
    if outside := sorted(set(campaign.offices) - seen):
        raise _wrong(
            "offices",
            _("Not one of your offices: %(names)s.") % {"names": ", ".join(outside)},
        )
    validate(campaign)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
