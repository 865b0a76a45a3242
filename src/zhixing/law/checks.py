"""Load everything once, so that a fault in a local file is found before it is needed."""

from __future__ import annotations

from collections.abc import Iterable

from zhixing.law import calendar
from zhixing.law.acts import acts
from zhixing.law.advertising import rules
from zhixing.law.dossiers import dossier_kinds
from zhixing.law.media_ladder import media_ladder
from zhixing.law.procedure import official_forms, procedure
from zhixing.law.programme import programme, programme_names
from zhixing.law.sources import BUILT_IN
from zhixing.law.tables import instruments, table, table_names


def check_all() -> list[str]:
    """Load every table, programme and the calendar; returns a line about each.

    Raises:
        TableInvalid: the first file that does not hold.
    """
    lines = [f"instruments: {len(instruments())}"]
    for name in table_names():
        rows = [row for rows in table(name).rows.values() for row in rows]
        lines.append(f"table {name}: {len(rows)} rows, {_local(row.origin for row in rows)} local")
    kinds = acts()
    advertising = rules()
    lines.append(
        f"advertising: {len(advertising)} rules,"
        f" {sum(not rule.origin.startswith(BUILT_IN) for rule in advertising)} local"
    )
    local = _local(kind.origin for kind in kinds.kinds.values())
    lines.append(f"acts: {len(kinds.kinds)} kinds, {len(kinds.rules)} rules, {local} local")
    graph = procedure()
    lines.append(f"procedure: {len(graph.states)} states, {len(graph.steps)} steps")
    lines.append(f"forms: {len(official_forms())}")
    years = calendar.current().years
    lines.append(f"calendar: {min(years)} to {max(years)}")
    for name in programme_names():
        plan = programme(name)
        lines.append(f"programme {name}: {len(plan.items)} items, {plan.origin}")
    for code, kind in dossier_kinds().items():
        lines.append(f"dossier {code}: {len(kind.criteria)} criteria, {kind.origin}")
    ladder = media_ladder()
    lines.append(
        f"media ladder: {len(ladder.steps)} steps, {len(ladder.lines)} lines,"
        f" {len(ladder.trades)} trades, {ladder.origin}"
    )
    return lines


def _local(origins: Iterable[str]) -> int:
    return sum(origin != BUILT_IN for origin in origins)
