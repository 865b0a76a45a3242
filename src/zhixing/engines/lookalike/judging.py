"""Judge mode: pairs of a protected mark and a name."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from . import decision
from .cores import cores
from .reasons import REASONS, compare
from .text import Strings, as_list


def judge(a: Strings, b: Strings) -> pa.Table:
    """Is each name ``b`` confusingly like the protected mark ``a`` beside it?

    Columns ``a, b, score, probability, confusing`` (probability at least the model's threshold)``,
    kind, reasons``. Raises ValueError when the columns differ in length.
    """
    marks, names = as_list(a), as_list(b)
    if len(marks) != len(names):
        raise ValueError(f"a and b must be of one length; got {len(marks)} and {len(names)}")
    mark_cores, name_cores = cores(marks), cores(names)
    common, everyday_name = decision.everyday(mark_cores), decision.everyday(name_cores)
    model = decision.decision().pair
    found = [
        compare(
            mark, name, mark_cores, row, name_cores, row, common[row], everyday_name[row], model
        )
        for row, (mark, name) in enumerate(zip(marks, names, strict=True))
    ]
    chances = np.array([c.probability for c in found], np.float64)
    return pa.table(
        {
            "a": pa.array(marks, pa.string()),
            "b": pa.array(names, pa.string()),
            "score": pa.array([c.score for c in found], pa.float32()),
            "probability": pa.array(chances.astype(np.float32), pa.float32()),
            "confusing": pa.array(chances >= decision.decision().threshold, pa.bool_()),
            "kind": pa.array([c.kind for c in found], pa.string()),
            "reasons": pa.array([c.rows() for c in found], REASONS),
        }
    )
