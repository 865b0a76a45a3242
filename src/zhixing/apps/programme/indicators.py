"""What the board counts of the programme itself: whether its items have somebody in charge."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.programme.models import ItemSetting
from zhixing.apps.programme.selectors import programme_of
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period

WITH_OWNER = Q(owner_unit__isnull=False) | Q(owner_officer__isnull=False)
WITH_PERSON = Q(owner_officer__isnull=False)


def items_with_owner(actor: Actor, period: Period) -> Figure:
    """Share of the programme's items with an office or an officer in charge."""
    return _share(actor, period, WITH_OWNER, "owner")


def items_with_person(actor: Actor, period: Period) -> Figure:
    """Share of the programme's items with a named officer in charge."""
    return _share(actor, period, WITH_PERSON, "person")


def _share(actor: Actor, period: Period, condition: Q, word: str) -> Figure:
    """A complete count of the items, so it carries no interval."""
    year = period.end.year
    query = urlencode({"year": year, "in_charge": word})
    rows_url, as_of = f"{reverse('programme:items')}?{query}", min(period.end, timezone.localdate())
    programme = programme_of(actor, year)
    if programme is None:
        return Figure(None, rows_url, as_of)
    codes = [item.code for item in programme.text.items]
    settled = ItemSetting.objects.filter(
        condition, programme=programme, item_code__in=codes, owned_since__lte=period.end
    ).count()
    return Figure(
        settled / len(codes), rows_url, as_of, settled, len(codes), method="share, complete count"
    )
