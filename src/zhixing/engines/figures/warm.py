"""`python -m zhixing.engines.figures.warm`: compile every kernel once, at installation."""

from __future__ import annotations

import numpy as np

from zhixing.engines.figures import FigureIndex, describe


def warm_up() -> None:
    """Describe, index and search one picture."""
    picture = np.full((64, 64), 255, np.uint8)
    picture[16:48, 20:30] = picture[30:40, 20:50] = 0
    rows = describe([picture])
    FigureIndex.build(["1"], rows).search(rows[:1])


if __name__ == "__main__":
    warm_up()
