"""Sending advertisements by program: one call, up to a thousand texts, answered with what was kept.

A call bears `Authorization: Bearer KEY` with a key of the page “Watched folders and keys”. Sent
again it changes nothing: equal texts are one advertisement, equal appearances one placement.
"""

from __future__ import annotations

import json
from datetime import date, time
from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.security import HttpBearer
from pydantic import AwareDatetime

from zhixing.apps.adverts.actions.capture_ads import LONGEST_TEXT, Seen, capture
from zhixing.apps.adverts.actions.keep_keys import key_of
from zhixing.apps.adverts.models import Source
from zhixing.apps.media.api import Medium, media_visible
from zhixing.kit.errors import Invalid
from zhixing.law.advertising import advertising

router = Router()
MOST_ADS = 1_000

Short = Annotated[str, Field(max_length=200)]


class KeyAuth(HttpBearer):
    """A key in force."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return key_of(token)


class AdIn(Schema):
    """One appearance of one advertisement."""

    text: str = Field(min_length=2, max_length=LONGEST_TEXT, description="The words as printed.")
    shown_on: date = Field(description="The day it was seen.")
    shown_at: time | None = None
    medium_number: Annotated[str, Field(max_length=40)] = Field(
        "", description="Number of the medium in the register; else give medium_name."
    )
    medium_name: Annotated[str, Field(max_length=120)] = ""
    seconds: int | None = Field(None, ge=0, le=86_400)
    area_cm2: int | None = Field(None, ge=0, le=10_000_000)
    page: Annotated[str, Field(max_length=40)] = ""
    programme: Annotated[str, Field(max_length=120)] = ""
    url: Annotated[str, Field(max_length=500)] = ""
    title: Annotated[str, Field(max_length=120)] = ""
    category: Annotated[str, Field(max_length=30)] = Field(
        "", description="Product category by its code; empty: told by the words."
    )
    product: Annotated[str, Field(max_length=120)] = ""
    advertiser_name: Short = ""
    agent_name: Short = ""
    endorser: Annotated[str, Field(max_length=60)] = ""
    is_whole: bool = Field(
        False, description="The whole advertisement, so that missing statements are looked for."
    )


class CaptureIn(Schema):
    """What a program sends at once."""

    name: Short = Field("", description="What the batch is called.")
    origin: Annotated[str, Field(max_length=500)] = Field("", description="Where it comes from.")
    captured_at: AwareDatetime | None = None
    ads: list[AdIn] = Field(min_length=1, max_length=MOST_ADS)


class CaptureOut(Schema):
    """What was kept."""

    capture: int
    sm3: str
    texts: int
    new_ads: int
    new_placements: int


class RefusedOut(Schema):
    """Why a call was refused."""

    code: str
    message: str
    fields: dict[str, list[str]] = {}


REFUSALS: dict[int, Any] = {401: RefusedOut, 403: RefusedOut, 422: RefusedOut}


@router.post(
    "/captures", auth=KeyAuth(), response={200: CaptureOut, **REFUSALS}, operation_id="captureAds"
)
def capture_ads(request: HttpRequest, sent: CaptureIn) -> Any:
    """Keep advertisements with where and when they appeared; they are screened at once."""
    key: Any = request.auth  # type: ignore[attr-defined]
    body = json.dumps(
        sent.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True
    ).encode()
    row = capture(
        key.made_by,
        _seen(key, sent),
        source=Source.REST,
        name=sent.name or key.name,
        origin=sent.origin,
        file=ContentFile(body, name="sent.txt"),
        content=body,
        captured_at=sent.captured_at,
        unit_path=key.unit_path,
    )
    return {
        "capture": row.pk,
        "sm3": row.sm3,
        "texts": row.texts,
        "new_ads": row.new_ads,
        "new_placements": row.new_placements,
    }


def _seen(key: Any, sent: CaptureIn) -> list[Seen]:
    numbers = {ad.medium_number for ad in sent.ads if ad.medium_number}
    media = {
        medium.number: medium for medium in media_visible(key.made_by).filter(number__in=numbers)
    }
    _check(sent, media)
    return [
        Seen(
            medium=media.get(ad.medium_number),
            **ad.model_dump(exclude={"medium_number"}),
        )
        for ad in sent.ads
    ]


def _check(sent: CaptureIn, media: dict[str, Medium]) -> None:
    """Numbers and categories must be known; the answer names the place of each that is not."""
    known = {category.code for category in advertising(timezone.localdate()).categories}
    fields: dict[str, list[str]] = {}
    for place, ad in enumerate(sent.ads):
        if ad.medium_number and ad.medium_number not in media:
            fields[f"ads.{place}.medium_number"] = [
                _("No medium of your offices has the number %(number)s.")
                % {"number": ad.medium_number}
            ]
        if ad.category and ad.category not in known:
            fields[f"ads.{place}.category"] = [
                _("Expected one of %(known)s, got “%(given)s”.")
                % {"known": ", ".join(sorted(known)), "given": ad.category}
            ]
        if "\0" in ad.text:
            fields[f"ads.{place}.text"] = [_("Expected text without null characters.")]
    if fields:
        raise Invalid(_("Some advertisements cannot be kept; none was."), fields=fields)
