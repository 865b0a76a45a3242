"""Labels column by column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

import pyarrow as pa

from .flags import flags, score
from .parse import parse
from .text import fold

PARTY = pa.struct(
    [
        ("role", pa.string()),
        ("name", pa.string()),
        ("formula", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("overseas", pa.bool_()),
    ]
)
FLAG = pa.struct(
    [
        ("code", pa.string()),
        ("text", pa.string()),
        ("weight", pa.float32()),
        ("parties", pa.list_(pa.int32())),
    ]
)


def parse_labels(
    texts: Sequence[str] | pa.Array | pa.ChunkedArray, brands: Collection[str] = frozenset()
) -> pa.Table:
    """A column of label texts as `parties`, `flags` and `score`, one row a label.

    A null is an empty label. `brands` are protected brands as written; they are folded here.
    """
    listed = (
        [text or "" for text in texts.to_pylist()]
        if isinstance(texts, pa.Array | pa.ChunkedArray)
        else list(texts)
    )
    protected = frozenset(fold(brand).strip() for brand in brands)
    parties = [parse(text) for text in listed]
    found = [flags(row, protected) for row in parties]
    return pa.table(
        {
            "parties": pa.array([[asdict(p) for p in row] for row in parties], pa.list_(PARTY)),
            "flags": pa.array([[asdict(f) for f in row] for row in found], pa.list_(FLAG)),
            "score": pa.array([score(row) for row in found], pa.float32()),
        }
    )
