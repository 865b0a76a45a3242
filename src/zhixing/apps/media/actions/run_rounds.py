"""Deeds on rounds: plan, draw, choose days, record what was monitored, close."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.media.models import Design, Medium, MediumDay, Round, Stratum
from zhixing.engines.draw import METHOD, digest, drawn
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate

# A frame is listed and ranked in memory: 2000 media on every day of a year.
LARGEST_FRAME = 750_000
# Fields that say what is drawn from; they stand once a round is under way.
FIXED = ("starts_on", "ends_on", "design", "plan", "seed", "unit_path")


def create_round(actor: Actor, values: Mapping[str, Any]) -> Round:
    """Plan a round.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    planned = Round(unit_path=actor.unit_path)
    apply_changes(planned, values)
    require(actor, "media.add_round", planned)
    _check(planned)
    with deed(actor, "round.create") as act:
        planned.save()
        act.obj = planned
    return planned


def update_round(
    actor: Actor,
    obj: Round,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Round:
    """Change a round; once it is under way only its name, number and purpose.

    Raises:
        Refused: the round is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right, or stands because of the draw.
    """
    with transaction.atomic():
        planned = fresh_row(obj, stamp)
        require(actor, "media.change_round", planned)
        held = [
            name for name in FIXED if name in changes and changes[name] != getattr(planned, name)
        ]
        if planned.state != Round.State.DRAFT and held:
            sentence = _("The round is under way; plan a new round to monitor something else.")
            raise Invalid(sentence, fields={name: [sentence] for name in held})
        with deed(actor, "round.update", planned, reason=reason):
            apply_changes(planned, changes)
            require(actor, "media.change_round", planned)
            _check(planned)
            planned.save()
    return planned


def _check(planned: Round) -> None:
    planned.name, planned.number = planned.name.strip(), planned.number.strip()
    planned.purpose = planned.purpose.strip()
    planned.plan = {kind: int(take) for kind, take in planned.plan.items() if take}
    if unknown := sorted(set(planned.plan) - set(Medium.Kind.values)):
        raise Invalid(_("Unknown kinds of media: %(kinds)s.") % {"kinds": ", ".join(unknown)})
    if planned.starts_on and planned.ends_on and planned.ends_on < planned.starts_on:
        sentence = _("The last day lies before the first day.")
        raise Invalid(sentence, fields={"ends_on": [sentence]})
    if planned.design == Design.RANDOM and not planned.plan:
        raise Invalid(_("Say how many days are drawn of at least one kind of medium."))
    if planned.design == Design.TARGETED and not planned.purpose:
        sentence = _("Say what the monitoring is aimed at, and why.")
        raise Invalid(sentence, fields={"purpose": [sentence]})
    same = Round.objects.filter(number=planned.number).exclude(pk=planned.pk)
    if planned.number and same.exists():
        sentence = _("A round with this number is in the register already.")
        raise Invalid(sentence, fields={"number": [sentence]})
    validate(planned)


@transaction.atomic
def start_round(actor: Actor, obj: Round) -> Round:
    """Put a round under way: a random one is drawn, for a targeted one days can be chosen.

    Raises:
        Refused: the round is not one of the actor's.
        Conflict: it is under way or closed already.
        Invalid: there is no medium to draw from, or the frame is too large.
    """
    planned = fresh_row(obj)
    require(actor, "media.draw_round", planned)
    if planned.state != Round.State.DRAFT:
        raise Conflict(_("This round was drawn already; a draw cannot be repeated."))
    detail: dict[str, Any] = {}
    with deed(actor, "round.start", planned, detail=detail) as act:
        if planned.is_random:
            act.detail = _draw(planned)
        planned.state = Round.State.RUNNING
        planned.drawn_at, planned.drawn_by_id = timezone.now(), actor.actor_id
        planned.save()
    return planned


def _draw(planned: Round) -> dict[str, Any]:
    """Draw medium-days, stratum by stratum; what makes the draw repeatable goes into the book."""
    planned.seed = planned.seed or secrets.token_hex(16)
    planned.method_version = str(METHOD)
    media = Medium.objects.filter(
        unit_path__within=planned.unit_path,
        kind__in=list(planned.plan),
        status=Medium.Status.ACTIVE,
    ).order_by("pk")
    days = days_between(planned.starts_on, planned.ends_on)
    by_kind: dict[str, dict[str, tuple[Medium, date]]] = {}
    for medium in media:
        units = by_kind.setdefault(medium.kind, {})
        units.update({f"{medium.key}|{day.isoformat()}": (medium, day) for day in days})
    size = sum(map(len, by_kind.values()))
    if not size:
        raise Invalid(_("No medium of these kinds is in operation here. Enter the media first."))
    if size > LARGEST_FRAME:
        raise Invalid(
            _("Expected at most %(most)d days of media, found %(found)d; shorten the period.")
            % {"most": LARGEST_FRAME, "found": size}
        )
    planned.frame_size = size
    planned.frame_sm3 = digest(key for units in by_kind.values() for key in units)
    planned.save()
    taken = {}
    for kind, units in sorted(by_kind.items()):
        keys = drawn(units, planned.plan[kind], planned.seed)
        stratum = Stratum.objects.create(
            round=planned, kind=kind, frame_size=len(units), take=len(keys)
        )
        MediumDay.objects.bulk_create(
            [
                MediumDay(
                    round=planned,
                    stratum=stratum,
                    medium=units[key][0],
                    day=units[key][1],
                    position=place,
                    unit_path=units[key][0].unit_path,
                )
                for place, key in enumerate(keys, start=1)
            ],
            batch_size=1000,
        )
        taken[kind] = [len(keys), len(units)]
    return {
        "seed": planned.seed,
        "method": planned.method_version,
        "frame_sm3": planned.frame_sm3,
        "taken": taken,
    }


def days_between(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@transaction.atomic
def add_days(actor: Actor, obj: Round, chosen: Iterable[tuple[Medium, date]]) -> list[MediumDay]:
    """Choose days of media for a targeted round; one that is there already is left as it is.

    Raises:
        Refused: the round or a medium is not one of the actor's.
        Conflict: the round is random, or not under way.
        Invalid: a day lies outside the round's period.
    """
    targeted = fresh_row(obj)
    require(actor, "media.draw_round", targeted)
    if targeted.is_random:
        raise Conflict(_("The days of a random round are drawn; use a targeted round."))
    if targeted.state != Round.State.RUNNING:
        raise Conflict(_("Days are chosen while the round is under way."))
    rows, known = [], []
    for medium, day in dict.fromkeys(chosen):
        require(actor, "media.view_medium", medium)
        if not targeted.starts_on <= day <= targeted.ends_on:
            raise Invalid(
                _("Expected a day from %(first)s to %(last)s, got %(day)s.")
                % {"first": targeted.starts_on, "last": targeted.ends_on, "day": day}
            )
        there = MediumDay.objects.filter(round=targeted, medium=medium, day=day).first()
        if there is not None:
            known.append(there)
            continue
        rows.append(MediumDay(round=targeted, medium=medium, day=day, unit_path=medium.unit_path))
    if rows:
        detail = {"days": [[row.medium_id, row.day.isoformat()] for row in rows][:200]}
        with deed(actor, "round.choose", targeted, detail=detail | {"count": len(rows)}):
            for row in rows:
                row.save()
    return [*known, *rows]


def record_day(
    actor: Actor,
    obj: MediumDay,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> MediumDay:
    """Record what was monitored of a day, or why it was not.

    Raises:
        Refused: the day is not one of the actor's.
        Conflict: its round is closed.
        Stale: a colleague changed it since `stamp`.
        Invalid: missed without a reason, or a size is no number.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "media.change_mediumday", row)
        if row.round.state == Round.State.CLOSED:
            raise Conflict(_("The round is closed; its figures stand."))
        with deed(actor, "round.record", row, reason=reason):
            apply_changes(row, changes)
            if row.state == MediumDay.State.MISSED and not row.missed_reason.strip():
                sentence = _("Say why the day was missed.")
                raise Invalid(sentence, fields={"missed_reason": [sentence]})
            row.recorded_at, row.recorded_by_id = timezone.now(), actor.actor_id
            validate(row)
            row.save()
    return row


@transaction.atomic
def close_round(actor: Actor, obj: Round) -> Round:
    """Close a round; its days and sizes stand from now on.

    Raises:
        Refused: the round is not one of the actor's.
        Conflict: it is not under way, or days are neither monitored nor missed.
    """
    running = fresh_row(obj)
    require(actor, "media.draw_round", running)
    if running.state != Round.State.RUNNING:
        raise Conflict(_("Only a round that is under way can be closed."))
    left = running.days.filter(state=MediumDay.State.PLANNED).count()
    if left:
        raise Conflict(
            _("%(n)d day(s) are neither monitored nor missed; record them first.") % {"n": left}
        )
    with deed(actor, "round.close", running):
        running.state = Round.State.CLOSED
        running.save(update_fields=["state", "updated"])
    return running
