"""Counting what an address asks for, so that nobody takes the site from the others."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.portal.models import Allowance, DailyUse
from zhixing.kit.errors import ProductError


class TooMany(ProductError):
    """The address has used up its allowance of this hour."""

    code = "portal.too_many"
    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after  # seconds


def count_use(kind: str) -> None:
    """Count one use of a service today: a number alone, for the board and the public."""
    today = timezone.localdate()
    with transaction.atomic():
        row, _is_new = DailyUse.objects.get_or_create(kind=kind, day=today)
        DailyUse.objects.filter(pk=row.pk).update(asked=F("asked") + 1)


def count_request(address: str, kind: str) -> None:
    """Count one request of a kind (`search`, `ad` or `report`) from an address.

    This is bookkeeping about traffic, not a deed: nothing of the bureau's data changes, so it does
    not enter the audit.

    Raises:
        TooMany: the allowance of `settings.PORTAL_ALLOWANCES` is used up.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    limit = settings.PORTAL_ALLOWANCES[kind]
    with transaction.atomic():
        row, is_new = Allowance.objects.get_or_create(address=address, kind=kind, hour=hour)
        Allowance.objects.filter(pk=row.pk).update(asked=F("asked") + 1)
        row.refresh_from_db()
        if is_new:
            Allowance.objects.filter(hour__lt=hour).delete()
    if row.asked > limit:
        raise TooMany(
            _("At most %(n)d requests an hour are answered for one address; try again later.")
            % {"n": limit},
            retry_after=max(1, int((hour + timedelta(hours=1) - now).total_seconds())),
        )
