"""Student's t: the quantile that a 95 % interval needs when few clusters were looked at."""

from __future__ import annotations

from functools import lru_cache
from math import cos, expm1, pi, sin, sqrt

from zhixing.engines.rates.wilson import Z95


@lru_cache(maxsize=1024)
def t95(df: int) -> float:
    """The 97.5 % quantile of Student's t with `df` degrees of freedom.

    G. W. Hill, Algorithm 396: Student's t-quantiles, Communications of the ACM 13 (1970), 619–620;
    exact for 1 and 2, else within 0.0001 of the tables.

    Raises:
        ValueError: `df` is below 1.
    """
    if df < 1:
        raise ValueError(f"expected at least 1 degree of freedom; got {df}")
    tail = 0.05
    if df == 1:
        return cos(tail * pi / 2) / sin(tail * pi / 2)
    if df == 2:
        return sqrt(2 / (tail * (2 - tail)) - 2)
    a = 1 / (df - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * df
    y = (d * tail) ** (2 / df)
    if y > a + 0.05:
        x = -Z95
        y = x**2
        if df < 5:
            c += 0.3 * (df - 4.5) * (x + 0.6)
        c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = a * y**2
        y = y + y**2 / 2 if y <= 0.002 else expm1(y)
    else:
        y = (
            (1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3) + 0.5 / (df + 4)) * y
            - 1
        ) * (df + 1) / (df + 2) + 1 / y
    return sqrt(df * y)
