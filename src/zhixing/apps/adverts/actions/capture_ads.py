"""The one way in: texts become advertisements with placements, whatever they were captured with.

A text whose letters and digits are known already is the same advertisement; one that is nearly the
same becomes a variant of it. Placements that were captured before add nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.adverts.models import Ad, AdBand, Capture, Placement
from zhixing.apps.adverts.numbers import shown_in
from zhixing.apps.media.api import Design, Medium, MediumDay, Round
from zhixing.engines.neardup import SAME, bands, key_of, likeness, signatures
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.files.api import attach
from zhixing.kit.search import split_for_search

LONGEST_TEXT = 20_000
SHORTEST_TEXT = 2
# Texts that share a band with one new text and are compared with it.
CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """One appearance of one text, as the source tells it.

    Attributes:
        medium: the medium of the register; else `medium_name` keeps what the source says.
        seconds: duration, for television, radio and screens.
        area_cm2: for print.
        is_whole: whether the text is the whole advertisement, so that what is missing is missing.
        where: place in the source, for rejects (a line, a record, a page).
    """

    text: str
    shown_on: date
    medium: Medium | None = None
    medium_name: str = ""
    shown_at: time | None = None
    seconds: int | None = None
    area_cm2: int | None = None
    page: str = ""
    programme: str = ""
    url: str = ""
    title: str = ""
    category: str = ""
    product: str = ""
    advertiser_name: str = ""
    advertiser_id: int | None = None
    agent_name: str = ""
    agent_id: int | None = None
    endorser: str = ""
    is_whole: bool = False
    where: str = ""


@dataclass(slots=True)
class Taken:
    """What a batch brought."""

    ads: list[Ad] = field(default_factory=list)
    new_ads: int = 0
    new_placements: int = 0


def capture(
    actor: Actor,
    seen: Sequence[Seen],
    *,
    source: str,
    name: str = "",
    origin: str = "",
    file: File[Any] | None = None,
    content: bytes = b"",
    captured_at: datetime | None = None,
    rejects: Iterable[dict[str, str]] = (),
    unit_path: str = "",
) -> Capture:
    """Keep texts with their evidence; they wait to be screened.

    Args:
        source: one of `Source`.
        file: kept as evidence under its hash.
        content: what is hashed where there is no file, such as the body of a call; it is kept as a
            text file.
        rejects: parts of the source that could not be used.

    Raises:
        Refused: the actor may not capture for that office.
        Invalid: no text can be used, or the file is no evidence.
    """
    row = Capture(
        unit_path=unit_path or actor.unit_path,
        source=source,
        name=name[:200],
        origin=origin[:500],
        captured_at=captured_at or timezone.now(),
        captured_by_id=actor.actor_id,
        rejects=list(rejects),
    )
    require(actor, "adverts.capture_ad", row)
    usable = [found for found in seen if len(found.text.strip()) >= SHORTEST_TEXT]
    if not usable and file is None:
        raise Invalid(
            _("Expected the words of an advertisement; type or paste them, or choose a file."),
            fields={"text": [_("required")]},
        )
    with transaction.atomic(), deed(actor, "ad.capture") as act:
        row.sm3 = hashlib.new("sm3", content).hexdigest()
        row.save()
        act.obj = row
        if file is not None:
            kept = attach(actor, row, file, source=origin, taken_at=captured_at)
            row.sm3 = kept.sm3
        taken = keep(row, usable)
        row.texts, row.new_ads = len(usable), taken.new_ads
        row.new_placements = taken.new_placements
        row.save()
        act.detail = {
            "texts": row.texts,
            "new_ads": row.new_ads,
            "new_placements": row.new_placements,
            "sm3": row.sm3,
            "keys_sm3": _digest(ad.text_key for ad in taken.ads),
        }
    return row


def _digest(keys: Iterable[str]) -> str:
    return hashlib.new("sm3", "\n".join(sorted(keys)).encode()).hexdigest()


def keep(row: Capture, seen: Sequence[Seen]) -> Taken:
    """Write texts and placements of a capture, in the caller's transaction and deed."""
    texts = [clean(found.text) for found in seen]
    keys = [key_of(text) for text in texts]
    known = _ads_of(keys)
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key not in known:
            first.setdefault(key, place)
    created = _new_ads(row, [(texts[place], seen[place], key) for key, place in first.items()])
    known |= {ad.text_key: ad for ad in created}
    ads = [known[key] for key in keys]
    placements = _placements(row, seen, texts, ads)
    _count({ad.pk for ad in ads})
    return Taken(list(dict.fromkeys(ads)), len(created), placements)


def clean(text: str) -> str:
    """The text with one kind of line end and without blanks at the ends, no longer than kept."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return plain.strip()[:LONGEST_TEXT]


def _ads_of(keys: Sequence[str]) -> dict[str, Ad]:
    wanted = list(dict.fromkeys(keys))
    return {ad.text_key: ad for ad in Ad.objects.filter(AmongKeys("text_key", wanted))}


def _new_ads(row: Capture, fresh: Sequence[tuple[str, Seen, str]]) -> list[Ad]:
    """The advertisements of texts seen for the first time, each with its likenesses."""
    if not fresh:
        return []
    found = bands(signatures([text for text, _seen, _key in fresh]))
    ads = []
    for text, seen, key in fresh:
        numbers = shown_in(text)
        ads.append(
            Ad(
                unit_path=row.unit_path,
                title=seen.title.strip()[:120],
                text=text,
                text_key=key,
                is_whole=seen.is_whole,
                category=seen.category,
                product=seen.product.strip()[:120],
                advertiser_id=seen.advertiser_id,
                advertiser_name=seen.advertiser_name.strip()[:200],
                agent_id=seen.agent_id,
                agent_name=seen.agent_name.strip()[:200],
                endorser=seen.endorser.strip()[:60],
                approval_number=numbers[0][:60] if numbers else "",
                search_text=split_for_search(
                    seen.title, text, seen.product, seen.advertiser_name, *numbers
                ),
            )
        )
    Ad.objects.bulk_create(ads, batch_size=500)
    _group(ads, found.tolist())
    AdBand.objects.bulk_create(
        [
            AdBand(ad=ad, value=value)
            for ad, values in zip(ads, found.tolist(), strict=True)
            for value in values
        ],
        batch_size=2000,
    )
    return ads


def _group(ads: Sequence[Ad], found: Sequence[Sequence[int]]) -> None:
    """Name the first text that each new one is nearly the same as."""
    wanted = sorted({value for values in found for value in values})
    sharing: dict[int, list[int]] = defaultdict(list)
    for value, pk in AdBand.objects.filter(AmongKeys("value", wanted)).values_list("value", "ad"):
        sharing[value].append(pk)
    near = {pk for pks in sharing.values() for pk in pks}
    others = {ad.pk: ad for ad in Ad.objects.filter(AmongKeys("id", sorted(near)))}
    changed = []
    for ad, values in zip(ads, found, strict=True):
        votes = Counter(pk for value in values for pk in sharing[value])
        likest = max(
            ((likeness(ad.text, others[pk].text), -pk) for pk, _n in votes.most_common(CANDIDATES)),
            default=(0.0, 0),
        )
        if likest[0] >= SAME:
            same = others[-likest[1]]
            ad.same_as_id = same.same_as_id or same.pk
            changed.append(ad)
        for value in values:  # the next text of the batch may be like this one
            sharing[value].append(ad.pk)
        others[ad.pk] = ad
    Ad.objects.bulk_update(changed, ["same_as"], batch_size=500)


def _placements(row: Capture, seen: Sequence[Seen], texts: Sequence[str], ads: Sequence[Ad]) -> int:
    """Write the appearances that are not known yet; returns how many."""
    days = _monitored_days(seen)
    keys = appearance_keys(seen, [ad.text_key for ad in ads])
    rows: dict[str, Placement] = {}
    for key, found, text, ad in zip(keys, seen, texts, ads, strict=True):
        medium = found.medium
        day = days.get((medium.pk, found.shown_on)) if medium is not None else None
        is_random = day is not None and day.round.is_random
        rows[key] = Placement(
            unit_path=medium.unit_path if medium is not None else row.unit_path,
            ad=ad,
            medium=medium,
            medium_name="" if medium is not None else found.medium_name[:120],
            medium_day=day,
            design=Design.RANDOM if is_random else Design.TARGETED,
            shown_on=found.shown_on,
            shown_at=found.shown_at,
            seconds=found.seconds,
            area_cm2=found.area_cm2,
            page=found.page[:40],
            programme=found.programme[:120],
            url=found.url[:500],
            print_text="" if text == ad.text else text,
            capture=row,
            key=key,
        )
    there = known_appearances(list(rows))
    new = [placement for key, placement in rows.items() if key not in there]
    Placement.objects.bulk_create(new, batch_size=500)
    return len(new)


def appearance_keys(seen: Sequence[Seen], text_keys: Sequence[str]) -> list[str]:
    """What makes each appearance the same when it is captured again.

    Of several in one source that cannot be told apart, the second is the second one again.
    """
    repeats: Counter[str] = Counter()
    keys = []
    for found, text_key in zip(seen, text_keys, strict=True):
        place = found.medium.pk if found.medium is not None else found.medium_name
        when = (found.shown_on, found.shown_at)
        where = (found.page, found.programme, found.url)
        same = "\x1f".join(map(str, (place, text_key, *when, *where)))
        repeats[same] += 1
        keys.append(hashlib.sha256(f"{same}\x1f{repeats[same]}".encode()).hexdigest())
    return keys


def known_appearances(keys: Sequence[str]) -> set[str]:
    """Those of the appearances that were captured before."""
    rows = Placement.objects.filter(AmongKeys("key", list(keys)))
    return set(rows.values_list("key", flat=True))


def _monitored_days(seen: Sequence[Seen]) -> dict[tuple[int, date], MediumDay]:
    """The day of a round under way that each appearance falls on; a random one goes before."""
    media = sorted({found.medium.pk for found in seen if found.medium is not None})
    if not media:
        return {}
    rows = MediumDay.objects.filter(
        AmongKeys("medium_id", media),
        day__in=sorted({found.shown_on for found in seen}),
        round__state=Round.State.RUNNING,
    ).select_related("round")
    # Targeted rounds first, so that a random one takes the place.
    ordered = sorted(rows, key=lambda row: (row.round.is_random, row.pk))
    return {(row.medium_id, row.day): row for row in ordered}


def _count(pks: set[int]) -> None:
    """Bring the counters of advertisements up to date; they are to be looked at again."""
    ads = list(Ad.objects.filter(AmongKeys("id", sorted(pks))))
    counts: dict[int, dict[str, Any]] = {
        row["ad"]: dict(row)
        for row in Placement.objects.filter(AmongKeys("ad_id", sorted(pks)))
        .values("ad")
        .annotate(n=Count("pk"), first=Min("shown_on"), last=Max("shown_on"))
        .order_by()
    }
    now = timezone.now()
    for ad in ads:
        row: dict[str, Any] = counts.get(ad.pk, {"n": 0, "first": None, "last": None})
        ad.placement_count, ad.first_seen, ad.last_seen = row["n"], row["first"], row["last"]
        ad.is_due, ad.updated = True, now
    Ad.objects.bulk_update(
        ads, ["placement_count", "first_seen", "last_seen", "is_due", "updated"], batch_size=500
    )
