"""Deed: keep what a search found as a report with number, day and digest."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhixing.apps.accounts.api import Officer, units_visible
from zhixing.apps.clearance.models import SearchReport
from zhixing.apps.clearance.query import Query
from zhixing.apps.clearance.searching import digest, search, search_published
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed

PUBLIC_SITE = SystemActor("public site")


def make_report(actor: Officer, query: Query) -> SearchReport:
    """Search and keep the result for the officer's office.

    Raises:
        Refused: the officer may not search or keep reports.
        Invalid: the picture cannot be compared.
    """
    report = SearchReport(unit_path=actor.unit_path, made_by=actor)
    require(actor, "clearance.add_searchreport", report)
    return _keep(actor, report, query, search(actor, query))


def make_public_report(query: Query) -> SearchReport:
    """Search published marks and keep the result under an address that cannot be guessed.

    The address opens for `PORTAL_REPORT_DAYS`; the bureau keeps the report beyond.

    Raises:
        Invalid: the picture cannot be compared.
    """
    report = SearchReport(
        unit_path=units_visible(PUBLIC_SITE).values_list("path", flat=True).earliest("path"),
        origin=SearchReport.Origin.PUBLIC,
        token=secrets.token_urlsafe(32),
        open_until=timezone.localdate() + timedelta(days=settings.PORTAL_REPORT_DAYS),
    )
    return _keep(PUBLIC_SITE, report, query, search_published(query))


def _keep(
    actor: Actor, report: SearchReport, query: Query, result: Mapping[str, Any]
) -> SearchReport:
    counts = {found["key"]: len(found["hits"]) + found["more"] for found in result["lists"]}
    report.text = query.text
    report.nice_classes = list(query.nice_classes)
    report.similar_groups = list(query.similar_groups)
    report.picture_sm3 = result["query"]["picture_sm3"]
    report.result, report.digest = dict(result), digest(result)
    report.identical = counts.pop("identical")
    report.similar = sum(counts.values())
    # Unique until the key is known; the number follows from the key.
    report.number = secrets.token_hex(8)
    with deed(actor, "search_report.make", detail={"sm3": report.digest}) as act:
        report.save()
        report.number = f"SB{result['asked_on'][:4]}-{report.pk:06d}"
        report.save(update_fields=["number"])
        act.obj = report
    return report
