"""What the pages of files, transfers and requests show below the facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhixing.apps.protection import crime_alert, legal_range, selectors
from zhixing.apps.protection.models import (
    AssistanceRequest,
    CrimeTransfer,
    FileFact,
    InfringementFile,
)
from zhixing.kit.actors import Actor


def origin(actor: Actor, file: InfringementFile) -> Mapping[str, Any]:
    """Lead, subject and mark that the file came from."""
    known = selectors.earlier_files(file.subject, file.acted_on).exclude(pk=file.pk)
    return {
        "lead": file.lead,
        "subject": file.subject,
        "mark": file.trade_mark,
        "earlier_known": known.count() if file.subject is not None else None,
    }


def amounts(actor: Actor, file: InfringementFile) -> Mapping[str, Any]:
    """The facts one by one, and their sums."""
    labels = dict(FileFact.Measure.choices)
    totals = selectors.totals_of(file)
    return {
        "facts": list(selectors.facts_of(actor, file)),
        "totals": [(labels[measure], total) for measure, total in totals.items()],
        "may_withdraw": file.is_open and actor.has_perm("protection.change_infringementfile", file),
    }


def alert(actor: Actor, file: InfringementFile) -> Mapping[str, Any]:
    """The comparison with the thresholds of crimes."""
    lines = crime_alert.compare(selectors.facts_for_alert(file))
    is_crime = crime_alert.crimes_of(file.act_kind, file.acted_on, is_service=file.is_service)
    return {
        "lines": lines,
        "is_reached": any(line.is_reached for line in lines),
        "is_crime": bool(is_crime),
        "has_transfer": file.transfers.exists(),
    }


def legal(actor: Actor, file: InfringementFile) -> Mapping[str, Any]:
    """The range of the law on the day of the act, and today's where it differs."""
    totals = selectors.totals_of(file)
    ranges = legal_range.ranges(
        file.acted_on,
        file.decided_on or timezone.localdate(),
        act=file.act_kind,
        turnover=totals.get("turnover", Decimal(0)),
        earlier_acts=file.earlier_acts,
        source_shown=file.source_shown,
    )
    return {"ranges": ranges, "turnover": totals.get("turnover")}


def linked(actor: Actor, file: InfringementFile) -> Mapping[str, Any]:
    """Transfers of the file and requests for assistance about it."""
    transfers = list(selectors.transfers_visible(actor).filter(file=file))
    requests = list(selectors.assistance_visible(actor).filter(file=file))
    return {
        "file": file,
        "transfers": transfers,
        "requests": requests,
        "count": len(transfers) + len(requests),
        "may_ask": actor.has_perm("protection.add_assistancerequest", file),
    }


def evidence(actor: Actor, row: Any) -> Mapping[str, Any]:
    """The evidence files of the row."""
    return {"of": row}


def clock(actor: Actor, transfer: CrimeTransfer) -> Mapping[str, Any]:
    """What is due next, and whether it is overdue."""
    return {"transfer": transfer, "due": transfer.due_at}


def reasons(actor: Actor, transfer: CrimeTransfer) -> Mapping[str, Any]:
    """The comparison as it stood on the day of the report, and the team."""
    lines = [{**line, "found": Decimal(line["found"]), "bar": Decimal(line["bar"])}
             for line in transfer.reasons]  # fmt: skip
    return {"lines": lines, "team": list(transfer.team.all()), "file": transfer.file}


def assistance_clock(actor: Actor, request: AssistanceRequest) -> Mapping[str, Any]:
    """When the answer is due, and how that was counted."""
    return {"request": request}


def about_request(actor: Actor, request: AssistanceRequest) -> Mapping[str, Any]:
    """Subject, mark and file that the request is about."""
    return {"subject": request.subject, "mark": request.trade_mark, "file": request.file}
