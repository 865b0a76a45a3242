"""Figures of the demo's marks, and imitations of some of them that a search must find."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from math import cos, pi, sin

import numpy as np
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from zhixing.apps.accounts.api import Officer
from zhixing.apps.clearance.api import Query, make_query, make_report, search
from zhixing.apps.registry.api import TradeMark, set_figure
from zhixing.demo.scoring import Score
from zhixing.kit.actors import SystemActor

ACTOR = SystemActor("demo")
SIDE = 240
PICTURED = 30
# An imitation counts as found when its model stands among the first of the list.
FIRST = 3

Alter = Callable[[Image.Image], Image.Image]

IMITATIONS: Mapping[str, Alter] = {
    "figure: turned": lambda picture: picture.rotate(12, fillcolor=255),
    "figure: mirrored": ImageOps.mirror,
    "figure: inverted": ImageOps.invert,
    "figure: blurred and small": lambda picture: picture.filter(ImageFilter.GaussianBlur(2)).resize(
        (90, 90)
    ),
}


def draw_all(marks: Mapping[str, TradeMark]) -> None:
    """Give the first marks a figure each."""
    for number, mark in enumerate(list(marks.values())[:PICTURED]):
        set_figure(ACTOR, mark, upload=ContentFile(_file(_figure(number)), f"figure-{number}.png"))


def score(officer: Officer) -> Score:
    """Search with every imitation of every second figure.

    The first imitation is kept as a search report, as the counter would hand it out.
    """
    result = Score(raises=False)
    numbers = list(TradeMark.objects.filter(image__isnull=False).order_by("pk"))
    for number, mark in list(enumerate(numbers))[::2]:
        for kind, alter in IMITATIONS.items():
            query = make_query(picture=_file(alter(_figure(number))))
            result.planted[kind] += 1
            result.found[kind] += mark.pk in _alike(officer, query)[:FIRST]
    imitation = _file(IMITATIONS["figure: turned"](_figure(0)))
    make_report(officer, make_query(f"{numbers[0].text}坊", imitation, numbers[0].nice_classes))
    return result


def _alike(officer: Officer, query: Query) -> list[int]:
    found = {one["key"]: one["hits"] for one in search(officer, query)["lists"]}
    return [hit["mark_id"] for hit in found["figure"]]


def _figure(number: int) -> Image.Image:
    """A rosette, a mountain line or stacked bars; the same number gives the same figure."""
    rng = np.random.default_rng(7000 + number)
    picture = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(picture)
    middle = SIDE / 2
    if number % 3 == 0:
        petals, reach = int(rng.integers(4, 10)), float(rng.uniform(60, 90))
        for petal in range(petals):
            angle = 2 * pi * petal / petals
            x, y = middle + reach * cos(angle), middle + reach * sin(angle)
            size = float(rng.uniform(14, 30))
            draw.ellipse([x - size, y - size, x + size, y + size], fill=int(rng.choice([0, 90])))
        draw.regular_polygon((middle, middle, 34), int(rng.integers(3, 8)), 15, fill=0)
    elif number % 3 == 1:
        peaks = np.sort(rng.uniform(20, SIDE - 20, 5))
        line = [(float(x), float(rng.uniform(40, 150))) for x in peaks]
        draw.polygon([(10, 200), *line, (SIDE - 10, 200)], fill=0)
        sun = float(rng.uniform(12, 26))
        x, y = (float(v) for v in rng.uniform((40, 30), (200, 60)))
        draw.ellipse([x - sun, y - sun, x + sun, y + sun], fill=110)
    else:
        for row in range(int(rng.integers(4, 7))):
            left, width = float(rng.uniform(15, 90)), float(rng.uniform(50, 130))
            top = 20 + 34 * row
            draw.rectangle([left, top, left + width, top + 22], fill=int(rng.choice([0, 0, 120])))
        draw.arc([30, 30, 210, 210], float(rng.uniform(0, 180)), 300, fill=0, width=9)
    return picture


def _file(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
