"""Deed on an advertisement: correct what is known of it besides its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhixing.apps.adverts.models import Ad
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search

# What the engine reads besides the text; another value means to screen anew.
SCREENED_BY = ("category", "is_whole")


def update_ad(
    actor: Actor,
    obj: Ad,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Ad:
    """Change title, product, category, parties; the text is evidence and stays as captured.

    Raises:
        Refused: the advertisement is none of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        ad = fresh_row(obj, stamp)
        require(actor, "adverts.change_ad", ad)
        with deed(actor, "ad.update", ad, reason=reason):
            apply_changes(ad, {name: value for name, value in changes.items() if name != "text"})
            if any(name in changes for name in SCREENED_BY):
                ad.is_due, ad.screened_version = True, ""
            for party in ("advertiser", "agent"):
                subject = getattr(ad, party)
                if subject is not None and not getattr(ad, f"{party}_name"):
                    setattr(ad, f"{party}_name", subject.name)
            ad.search_text = split_for_search(
                ad.title, ad.text, ad.product, ad.advertiser_name, ad.approval_number
            )
            validate(ad)
            ad.save()
    return ad
