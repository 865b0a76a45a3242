"""What a party still owes: fine, confiscated money and late fee with its cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from zhixing import law
from zhixing.apps.cases.models import Case, CasePayment

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is open on a day, in yuan."""

    fine: Decimal
    confiscation: Decimal
    late_fee: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.fine + self.confiscation + self.late_fee


def still_owed(case: Case, day: date) -> Owed:
    """What the party of a decided case owes on a day.

    The late fee is a share of the unpaid fine for each day after the last day to pay, up to a share
    of the fine (Penalty Law art 72, Coercion Law art 45); days of stops do not count.
    """
    paid = {
        kind: total or Decimal(0)
        for kind, total in case.payments.order_by().values_list("kind").annotate(Sum("amount"))
    }
    fine = max((case.fine or Decimal(0)) - paid.get(CasePayment.Kind.FINE, Decimal(0)), Decimal(0))
    taken = paid.get(CasePayment.Kind.CONFISCATION, Decimal(0))
    confiscation = max((case.confiscation or Decimal(0)) - taken, Decimal(0))
    fee = late_fee(case, day) - paid.get(CasePayment.Kind.LATE_FEE, Decimal(0))
    return Owed(fine, confiscation, max(fee, Decimal(0)))


def late_fee(case: Case, day: date) -> Decimal:
    """The late fee that has grown until a day, on what of the fine was unpaid each day."""
    clock = case.clocks.filter(code="payment").order_by("-pk").first()
    if not case.fine or clock is None or clock.due_on is None or day <= clock.due_on:
        return Decimal(0)
    rate = law.on("penalties", "late_fee", clock.due_on).amount / HUNDRED
    cap = case.fine * law.on("penalties", "late_fee_cap", clock.due_on).amount / HUNDRED
    fee, open_fine, since = Decimal(0), case.fine, clock.due_on
    payments = case.payments.filter(kind=CasePayment.Kind.FINE, paid_on__lte=day)
    for paid_on, amount in payments.order_by("paid_on").values_list("paid_on", "amount"):
        if paid_on > since:
            fee += open_fine * rate * (paid_on - since).days
            since = paid_on
        open_fine = max(open_fine - amount, Decimal(0))
    fee += open_fine * rate * (day - since).days
    return min(fee, cap).quantize(CENT, ROUND_HALF_UP)
