"""Questions about advertisements, placements, captures and approvals, asked by an actor."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhixing.apps.adverts.models import (
    Ad,
    Approval,
    Capture,
    CaptureKey,
    Finding,
    Placement,
    Review,
    WatchedFolder,
)
from zhixing.kit.actors import Actor, require


def ads_visible(actor: Actor) -> QuerySet[Ad]:
    """Advertisements that the actor's offices captured or that ran on their media."""
    require(actor, "adverts.view_ad")
    found: QuerySet[Ad] = Ad.objects.visible_to(actor)
    return found.select_related("advertiser", "agent", "lead", "same_as")


def placements_visible(actor: Actor) -> QuerySet[Placement]:
    """Placements on the media of the actor's offices."""
    require(actor, "adverts.view_placement")
    found: QuerySet[Placement] = Placement.objects.visible_to(actor)
    return found.select_related("ad", "medium", "medium_day__round", "capture")


def captures_visible(actor: Actor) -> QuerySet[Capture]:
    """The captures of the actor's offices."""
    require(actor, "adverts.view_capture")
    found: QuerySet[Capture] = Capture.objects.visible_to(actor)
    return found.select_related("captured_by", "job")


def ads_of_capture(actor: Actor, capture: Capture) -> QuerySet[Ad]:
    """What a capture brought, the most suspicious first."""
    rows = ads_visible(actor).filter(placements__capture=capture).distinct()
    return rows.order_by("-score", "-pk")


def approvals_visible(actor: Actor) -> QuerySet[Approval]:
    """All approvals: one is valid nationwide (Order 21 art 24), so every office reads every one."""
    require(actor, "adverts.view_approval")
    return Approval.objects.select_related("applicant")


def folders_visible(actor: Actor) -> QuerySet[WatchedFolder]:
    """The watched folders of the actor's offices."""
    require(actor, "adverts.view_capture")
    found: QuerySet[WatchedFolder] = WatchedFolder.objects.visible_to(actor)
    return found.select_related("medium")


def keys_visible(actor: Actor) -> QuerySet[CaptureKey]:
    """The keys for programs of the actor's offices."""
    require(actor, "adverts.view_capture")
    found: QuerySet[CaptureKey] = CaptureKey.objects.visible_to(actor)
    return found.select_related("made_by").order_by("-is_active", "name")


def findings_of(ad: Ad, *, settled_only: bool = False) -> QuerySet[Finding]:
    """What stands of an advertisement: found by the present rules, or added by an officer.

    What a reader added who has not finished, or whose reading waits for a second one, is left out.
    """
    found = ad.findings.filter(is_current=True).select_related("decided_by")
    if settled_only:
        found = found.exclude(decision="")
    return found.exclude(origin=Finding.Origin.OFFICER, decision="").order_by("start", "pk")


def queue_of(officer: Any) -> QuerySet[Ad]:
    """What the officer may read now, in the order of the desk.

    What was drawn without a finding stands first, so that it is read at all; then what is most
    probably unlawful. A second reading is left to somebody who has not done the first.
    """
    require(officer, "adverts.review_ad")
    reading = Ad.Reading
    own = Review.objects.filter(
        ad=OuterRef("pk"), officer=officer.pk, finished_at__isnull=False,
        ruleset_version=OuterRef("screened_version"),
    )  # fmt: skip
    may_read = Q(reading=reading.FIRST) | (Q(reading=reading.SECOND) & ~Q(Exists(own)))
    if officer.has_perm("adverts.settle_ad"):
        may_read |= Q(reading=reading.DISPUTED)
    return ads_visible(officer).filter(may_read).order_by("-is_sample", "-score", "pk")


def variants_of(actor: Actor, ad: Ad) -> QuerySet[Ad]:
    """The other prints of the same advertisement that the actor sees."""
    head: Any = ad.same_as_id or ad.pk
    found = ads_visible(actor)
    return (found.filter(same_as=head) | found.filter(pk=head)).exclude(pk=ad.pk).order_by("pk")
