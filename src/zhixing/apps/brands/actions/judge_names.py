"""Judging names as they arrive: within the request that brought them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from zhixing.apps.brands.actions.record_findings import (
    Tally,
    record_findings,
    remember_judged,
    withdraw_names,
)
from zhixing.apps.brands.judging.judge import judge, version
from zhixing.apps.brands.judging.names import names_of
from zhixing.apps.brands.judging.rivals import judge_trade_names
from zhixing.apps.brands.judging.standing import standing_guard
from zhixing.kit.actors import Actor

# Leads are ranked, so what is less likely than not comes up too: an officer who reads from the top
# loses nothing, and on the development look-alikes the engine misses fewer.
LOWEST_PROBABILITY = 0.3


def judge_names(actor: Actor, kind: str, keys: Sequence[int]) -> Tally:
    """Judge these rows of a register against the lists that protect them, and keep what is found.

    New enterprise names are also held against the trade names of their place and trade.

    Rows whose names are not judged any more (left business) lose what was found of them.
    """
    standing = standing_guard()
    names = names_of(kind, keys)
    findings = judge(names, standing, LOWEST_PROBABILITY) + judge_trade_names(names)
    with transaction.atomic():
        tally = record_findings(actor, findings, lowest=LOWEST_PROBABILITY, judged_fully=names)
        remember_judged(names, standing.revision, version())
        if ended := sorted(set(keys) - {name.pk for name in names}):
            withdraw_names(actor, kind, ended)
    return tally
