"""Pictures of advertisements: text with its places, small print, findings drawn where they stand.

`open_reader` finds an installed program that reads pictures (extra `ocr`), `page` brings its lines
into reading order and joins them to one text, `Page.boxes` leads spans of that text back to the
picture. Nothing here knows what is unlawful. Method and figures: `docs/methods/posters.md`.
"""

from .drawing import Mark, annotate
from .lines import Box, Line, Page
from .order import page
from .pictures import MAX_PIXELS, UnusablePicture, load
from .readers import READERS, Reader, ReaderMissing, open_reader
from .smallprint import Limits, Printed, Statement, printed
from .typeface import Typeface

__all__ = [
    "MAX_PIXELS",
    "READERS",
    "Box",
    "Limits",
    "Line",
    "Mark",
    "Page",
    "Printed",
    "Reader",
    "ReaderMissing",
    "Statement",
    "Typeface",
    "UnusablePicture",
    "annotate",
    "load",
    "open_reader",
    "page",
    "printed",
]
