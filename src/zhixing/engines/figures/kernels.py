"""The loops over points and details, compiled.

All kernels of the package stand in this file: numba keeps what it compiled as long as the file of
a function is unchanged, and does not look into other files that it calls.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

kernel = njit(cache=True, nogil=True)

FINE = 256.0  # places are kept in 256ths
_FLAT = 0.012  # a weaker extremum is noise
_EDGE = 12.1  # (r + 1)^2 / r for r = 10: beyond it the point lies on a straight edge


@kernel
def blur(
    picture: NDArray[np.float32], widths: NDArray[np.float32], out: NDArray[np.float32]
) -> None:
    """The picture blurred by a Gaussian of each width, rows then columns; edges keep their sum."""
    side = len(picture)
    rows = np.empty((side, side), np.float32)
    for level in range(len(widths)):
        reach = int(4 * widths[level]) + 1
        weights = np.empty(2 * reach + 1, np.float32)
        for k in range(2 * reach + 1):
            weights[k] = math.exp(-((k - reach) ** 2) / (2 * widths[level] ** 2))
        for turn in range(2):
            source = picture if turn == 0 else rows
            target = rows if turn == 0 else out[level]
            for y in range(side):
                for x in range(side):
                    total, sum_of_weights = np.float32(0), np.float32(0)
                    middle = x if turn == 0 else y
                    for k in range(max(0, middle - reach), min(side, middle + reach + 1)):
                        weight = weights[k - middle + reach]
                        value = source[y, k] if turn == 0 else source[k, x]
                        total += weight * value
                        sum_of_weights += weight
                    target[y, x] = total / sum_of_weights


@kernel
def extrema(layers: NDArray[np.float32], out: NDArray[np.float32]) -> int:
    """Points that are the highest or lowest of their 26 neighbours: x, y, level, strength."""
    count = 0
    depth, height, width = layers.shape
    for z in range(1, depth - 1):
        for y in range(1, height - 1):
            for x in range(1, width - 1):
                value = layers[z, y, x]
                strength = abs(value)
                if strength < _FLAT:
                    continue
                sign = 1.0 if value > 0 else -1.0
                top = True
                for dz in range(-1, 2):
                    for dy in range(-1, 2):
                        for dx in range(-1, 2):
                            if layers[z + dz, y + dy, x + dx] * sign > strength:
                                top = False
                                break
                        if not top:
                            break
                    if not top:
                        break
                if not top or _on_edge(layers[z], y, x):
                    continue
                if count < len(out):
                    place = count
                    count += 1
                else:  # full: the weakest gives way
                    place = 0
                    for k in range(1, count):
                        if out[k, 3] < out[place, 3]:
                            place = k
                    if out[place, 3] >= strength:
                        continue
                out[place, 0], out[place, 1], out[place, 2] = x, y, z
                out[place, 3] = strength
    return count


@kernel
def _on_edge(layer: NDArray[np.float32], y: int, x: int) -> bool:
    xx = layer[y, x + 1] + layer[y, x - 1] - 2 * layer[y, x]
    yy = layer[y + 1, x] + layer[y - 1, x] - 2 * layer[y, x]
    xy = (layer[y + 1, x + 1] - layer[y + 1, x - 1] - layer[y - 1, x + 1] + layer[y - 1, x - 1]) / 4
    across = xx * yy - xy * xy
    return bool(across <= 0 or (xx + yy) ** 2 >= _EDGE * across)


@kernel
def describe(
    levels: NDArray[np.float32],
    points: NDArray[np.float32],
    sizes: NDArray[np.float32],
    told: NDArray[np.float32],
    place: NDArray[np.float32],
) -> int:
    """Direction and gradient histograms (4 × 4 squares × 8 directions) of every point."""
    kept = 0
    for at in range(len(points)):
        x, y, level = points[at, 0], points[at, 1], int(points[at, 2])
        size = sizes[at]
        first, second = _directions(levels[level], x, y, size)
        for turn in range(2):
            direction = first if turn == 0 else second
            if kept == len(told) or (turn == 1 and second < 0):
                continue
            _histograms(levels[level], x, y, size, direction, told[kept])
            place[kept, 0], place[kept, 1] = x, y
            place[kept, 2], place[kept, 3] = math.log(size), direction
            kept += 1
    return kept


@kernel
def _directions(
    picture: NDArray[np.float32], x: float, y: float, size: float
) -> tuple[float, float]:
    """The direction most gradients around the point have, and a second one nearly as strong."""
    bins = np.zeros(36, np.float32)
    reach = int(4.5 * size)
    height, width = picture.shape
    for v in range(max(1, int(y) - reach), min(height - 1, int(y) + reach + 1)):
        for u in range(max(1, int(x) - reach), min(width - 1, int(x) + reach + 1)):
            across = picture[v, u + 1] - picture[v, u - 1]
            down = picture[v + 1, u] - picture[v - 1, u]
            far = ((u - x) ** 2 + (v - y) ** 2) / (4.5 * size * size)
            weight = math.hypot(across, down) * math.exp(-far)
            bins[int((math.atan2(down, across) % (2 * math.pi)) * 36 / (2 * math.pi)) % 36] += (
                weight
            )
    smooth = np.zeros(36, np.float32)
    for k in range(36):
        smooth[k] = (bins[k - 1] + 2 * bins[k] + bins[(k + 1) % 36]) / 4
    best = int(np.argmax(smooth))
    second, second_height = -1, 0.8 * smooth[best]
    for k in range(36):
        peak = smooth[k] >= smooth[k - 1] and smooth[k] >= smooth[(k + 1) % 36]
        apart = min((k - best) % 36, (best - k) % 36) > 2
        if peak and apart and smooth[k] >= second_height:
            second, second_height = k, smooth[k]
    step = 2 * math.pi / 36
    return _peak(smooth, best) * step, (_peak(smooth, second) * step if second >= 0 else -1.0)


@kernel
def _peak(bins: NDArray[np.float32], k: int) -> float:
    """The place of a peak between the bins, by a parabola through three of them."""
    left, middle, right = bins[k - 1], bins[k], bins[(k + 1) % 36]
    curve = left - 2 * middle + right
    shift = 0.5 * (left - right) / curve if curve != 0 else 0.0
    return (k + 0.5 + shift) % 36


@kernel
def _histograms(
    picture: NDArray[np.float32],
    x: float,
    y: float,
    size: float,
    direction: float,
    out: NDArray[np.float32],
) -> None:
    height, width = picture.shape
    cos, sin = math.cos(direction), math.sin(direction)
    step = 3.0 * size / 4  # 16 × 16 samples, four to the side of a square of 3 sizes
    for i in range(16):
        for j in range(16):
            a, b = (i - 7.5) * step, (j - 7.5) * step
            u, v = round(x + a * cos - b * sin), round(y + a * sin + b * cos)
            if u < 1 or v < 1 or u >= width - 1 or v >= height - 1:
                continue
            across = picture[v, u + 1] - picture[v, u - 1]
            down = picture[v + 1, u] - picture[v - 1, u]
            far = ((i - 7.5) ** 2 + (j - 7.5) ** 2) / 128.0
            strength = math.hypot(across, down) * math.exp(-far)
            turn = ((math.atan2(down, across) - direction) % (2 * math.pi)) * 8 / (2 * math.pi)
            _share(out, (i - 1.5) / 4, (j - 1.5) / 4, turn, strength)
    for again in range(2):
        length = math.sqrt(np.sum(out * out))
        if length > 0:
            for k in range(128):
                out[k] /= length
                if again == 0 and out[k] > 0.2:  # one strong edge shall not decide alone
                    out[k] = 0.2


@kernel
def _share(out: NDArray[np.float32], i: float, j: float, turn: float, strength: float) -> None:
    """Divide one gradient among its neighbouring squares and directions."""
    i0, j0, t0 = math.floor(i), math.floor(j), math.floor(turn)
    for di in range(2):
        for dj in range(2):
            row, column = i0 + di, j0 + dj
            if row < 0 or column < 0 or row > 3 or column > 3:
                continue
            weight = abs(1 - di - (i - i0)) * abs(1 - dj - (j - j0)) * strength
            for dt in range(2):
                part = abs(1 - dt - (turn - t0))
                out[(row * 4 + column) * 8 + (t0 + dt) % 8] += weight * part


@kernel
def _ones(x: np.uint64) -> int:
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


_ALIKE = 30  # of 128 bits may differ; two details of nothing in common differ in about 64
_NEAR = 9.0  # pixels of the canvas a detail may lie beside where the others say it should
_SCALE = 0.45  # logarithm of the size
_TURN = 0.45  # radians


@kernel
def agreeing(
    bits: NDArray[np.uint64],
    place: NDArray[np.int16],
    counts: NDArray[np.uint8],
    all_bits: NDArray[np.uint64],
    all_place: NDArray[np.int16],
    votes: NDArray[np.int32],
    moves: NDArray[np.float32],
) -> None:
    """How many details each mark shares with the query in one arrangement, and how it is moved.

    Args:
        bits, place: the query's details.
        counts: details of each mark.
        all_bits, all_place: (marks, most, …) their details.
        votes: out, details of each mark that agree in place, size and direction.
        moves: out, (marks, 2) logarithm of the size ratio, turn in radians.
    """
    most = all_bits.shape[1]
    mine, theirs = np.empty(most, np.int64), np.empty(most, np.int64)
    p_of, r_of = np.empty((most, 4)), np.empty((most, 4))
    seen = np.zeros(len(bits), np.int64)
    stamp = 0
    for row in range(len(counts)):
        votes[row] = 0
        pairs = 0
        for d in range(counts[row]):
            one, two = all_bits[row, d, 0], all_bits[row, d, 1]
            best, nearest = -1, _ALIKE + 1
            for q in range(len(bits)):
                differ = _ones(one ^ bits[q, 0])
                if differ >= nearest:
                    continue
                differ += _ones(two ^ bits[q, 1])
                if differ < nearest:
                    best, nearest = q, differ
            if best >= 0:
                mine[pairs], theirs[pairs] = best, d
                pairs += 1
        if pairs < 2:
            continue
        for k in range(pairs):
            for c in range(4):
                p_of[k, c] = place[mine[k], c] / FINE
                r_of[k, c] = all_place[row, theirs[k], c] / FINE
        for h in range(pairs):
            p, r = p_of[h], r_of[h]
            grown, turned = r[2] - p[2], r[3] - p[3]
            scale = math.exp(grown)
            cos, sin = math.cos(turned) * scale, math.sin(turned) * scale
            right = r[0] - (cos * p[0] - sin * p[1])
            down = r[1] - (sin * p[0] + cos * p[1])
            stamp += 1
            agreed = 0
            for k in range(pairs):
                q = mine[k]
                a, b = p_of[k], r_of[k]
                turn = abs((b[3] - a[3] - turned + math.pi) % (2 * math.pi) - math.pi)
                if seen[q] == stamp or turn > _TURN or abs(b[2] - a[2] - grown) > _SCALE:
                    continue
                off = math.hypot(
                    b[0] - (right + cos * a[0] - sin * a[1]),
                    b[1] - (down + sin * a[0] + cos * a[1]),
                )
                if off <= _NEAR * max(1.0, scale):
                    seen[q] = stamp
                    agreed += 1
            if agreed > votes[row]:
                votes[row] = agreed
                moves[row, 0], moves[row, 1] = grown, turned
