"""Maps as data: own GeoJSON, a legend, and the same places as a list. Draw one with `{% map %}`.

A feature's properties: `name`, `value` (text shown with it), `level` (index into the legend) and
optionally `href`. No tiles are fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
LEVELS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the list beside the map shows it."""

    name: str
    value: str
    level: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """What `{% map %}` draws.

    Attributes:
        title: what is shown: the caption, and the map's name for screen readers.
        legend: a label per level, from little to much; at most `LEVELS`.
        features: a GeoJSON FeatureCollection, put into the page.
        url: instead of `features`: the address of one, for large layers; then give `places`.
        places: rows of the list; taken from the features when empty.
        outline: a FeatureCollection drawn underneath, e.g. the borders of districts.

    Raises:
        ValueError: the legend has more labels than there are levels.
    """

    title: Text
    legend: Sequence[Text]
    features: Mapping[str, Any] | None = None
    url: str = ""
    places: Sequence[Place] = ()
    outline: Mapping[str, Any] | None = None
    data: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        if len(self.legend) > LEVELS:
            raise ValueError(f"legend must have at most {LEVELS} labels; got {len(self.legend)}")
        layers = {"features": self.features, "outline": self.outline}
        object.__setattr__(self, "data", layers)
        if not self.places and self.features:
            object.__setattr__(self, "places", tuple(map(_place, self.features["features"])))


def _place(feature: Mapping[str, Any]) -> Place:
    told = feature["properties"]
    return Place(told["name"], str(told.get("value", "")), int(told["level"]), told.get("href", ""))
