"""Made-up logos, drawn from a number, and what people do to a logo they imitate."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SIDE = 256
Alter = Callable[[Image.Image], Image.Image]


def logo(number: int) -> Image.Image:
    """Three to six overlapping shapes, dark on white; the same number gives the same logo."""
    rng = np.random.default_rng(number)
    picture = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(picture)
    for _ in range(rng.integers(3, 7)):
        x, y = (float(v) for v in rng.uniform(50, 206, 2))
        r, turn = float(rng.uniform(14, 60)), float(rng.uniform(0, 360))
        shade = int(rng.choice([0, 0, 60, 130]))
        kind = rng.integers(5)
        if kind == 0:
            flat = float(rng.uniform(0.4, 1))
            draw.ellipse([x - r, y - r * flat, x + r, y + r * flat], fill=shade)
        elif kind == 1:
            draw.regular_polygon((x, y, r), int(rng.integers(3, 9)), turn, fill=shade)
        elif kind == 2:
            draw.rectangle([x - r, y - r / 2, x + r, y + r / 2], fill=shade)
        elif kind == 3:
            end, width = turn + float(rng.uniform(60, 300)), int(rng.integers(6, 16))
            draw.arc([x - r, y - r, x + r, y + r], turn, end, fill=0, width=width)
        else:
            points = [
                (x + float(rng.uniform(-r, r)), y + float(rng.uniform(-r, r))) for _ in range(5)
            ]
            draw.polygon(points, fill=shade)
    return picture


def png(picture: Image.Image, kind: str = "PNG") -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def rotated(degrees: float) -> Alter:
    return lambda picture: picture.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )


def outlined(picture: Image.Image) -> Image.Image:
    """Only the edges, three pixels wide, dark on white."""
    grown, shrunk = (picture.filter(f(5)) for f in (ImageFilter.MaxFilter, ImageFilter.MinFilter))
    return ImageOps.invert(ImageChops.difference(grown, shrunk).point(lambda v: 255 * (v > 24)))


def lettered(picture: Image.Image) -> Image.Image:
    """The logo, smaller, above a line of letters (strokes drawn here: no font is needed)."""
    sheet = Image.new("L", (300, 330), 255)
    sheet.paste(picture.resize((220, 220)), (40, 10))
    draw = ImageDraw.Draw(sheet)
    for place in range(7):
        left = 20 + 38 * place
        draw.line([left, 310, left + 12, 256, left + 24, 310], fill=0, width=6)
        draw.line([left + 4, 290, left + 20, 290 - 6 * (place % 3)], fill=0, width=6)
    return sheet


ALTERATIONS: dict[str, Alter] = {
    "turned by 8°": rotated(8),
    "turned by 30°": rotated(30),
    "turned by 90°": rotated(90),
    "small": lambda picture: picture.resize((72, 72)),
    "stretched": lambda picture: picture.resize((256, 205)),
    "sheared": lambda picture: picture.transform(
        (SIDE, SIDE), Image.Transform.AFFINE, (1, 0.15, -19, 0, 1, 0), fillcolor=255
    ),
    "negative": ImageOps.invert,
    "outline": outlined,
    "mirrored": ImageOps.mirror,
    "with letters": lettered,
    "mirrored, with letters": lambda picture: lettered(ImageOps.mirror(picture)),
    "negative, with letters": lambda picture: ImageOps.invert(lettered(picture)),
    "two thirds of it": lambda picture: picture.crop((0, 0, 170, SIDE)),
}
