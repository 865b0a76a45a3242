"""`python -m zhixing.engines.lookalike.warm`: compile every kernel once, at installation.

Numba keeps what it compiled beside the source. Without this the first officer to import or sweep
waits for the compiler, and its memory adds to that of the work.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from zhixing.engines.lookalike import Guard, Index, build_index, judge, parse_name, parse_names


def warm_up() -> None:
    """Run each entry of the engine on a handful of names."""
    marks = ["康师傅", "王老吉", "NIKE", "农夫山泉"]
    names = ["示范市康帅傅食品有限公司", "香港王佬吉(国际)集团有限公司监制", "NIIKE体育用品店"]
    parse_name(names[0])
    for column in (names, pa.array(names), pa.chunked_array([pa.array(names)])):
        parse_names(column)
    index = build_index(marks)
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "index")
        for one in (index, Index.load(Path(folder) / "index")):
            for exact in (False, True):
                one.search(names, 3, exact=exact)
    judge(marks[:3], names)
    guard = Guard(marks)
    for workers in (1, 2):
        guard.sweep(names, min_probability=0.1, workers=workers)


if __name__ == "__main__":
    warm_up()
