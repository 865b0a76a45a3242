"""What is derived from names: their parts by the name grammar, and the text that search reads."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from zhixing.apps.registry.models import Authorisation, Subject, TradeMark
from zhixing.engines.lookalike import parse_names
from zhixing.kit.search import split_for_search

PARTS = {
    "division": "division",
    "trade_name": "trade_name",
    "industry_words": "industry",
    "form": "form",
}


def name_columns(
    names: Sequence[str] | pa.Array, *searchable: Sequence[str | None]
) -> dict[str, list[str]]:
    """Columns of `Subject` that follow from its name, for many names at once.

    Args:
        names: the names.
        searchable: further columns of the same length that search shall find (codes, addresses).

    Returns:
        division, trade_name, industry_words, form, search_text; each as long as `names`, and no
        text longer than its column.
    """
    array = names if isinstance(names, pa.Array) else pa.array(names, pa.string())
    parsed = parse_names(array)
    columns = {
        column: [text[: _limit(column)] for text in parsed[part].to_pylist()]
        for column, part in PARTS.items()
    }
    columns["search_text"] = [
        split_for_search(*(text or "" for text in texts))
        for texts in zip(array.to_pylist(), *searchable, strict=True)
    ]
    return columns


def _limit(column: str) -> int:
    return int(getattr(Subject._meta.get_field(column), "max_length", 0))


def fill_subject(subject: Subject) -> None:
    """Set the parts of the name, cut to their columns, and the search text of one subject."""
    columns = name_columns([subject.name], [subject.uscc], [subject.address])
    for column, values in columns.items():
        setattr(subject, column, values[0])


def fill_mark(mark: TradeMark) -> None:
    """Set the search text of one trade mark."""
    mark.search_text = split_for_search(
        mark.text, mark.registration_number, mark.holder_name, mark.agent_name
    )


def fill_authorisation(row: Authorisation) -> None:
    """Set the search text of one contract."""
    row.search_text = split_for_search(
        row.mark_text, row.contract_number, row.grantor_name, row.grantee_name
    )
