"""Programs that read pictures: found by name, told in one line when they are not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from PIL import Image

from .lines import Line

# name → module of this package, package to install, extra that brings it
READERS = {
    "fast": ("fast", "faster_paddle", "ocr"),
    "rapid": ("rapid", "rapidocr", "ocr-rapid"),
}


class ReaderMissing(Exception):
    """No program that reads pictures is installed; the message says what to install."""


class Reader(Protocol):
    """Reads the lines of a picture, in no particular order."""

    name: str

    def read(self, picture: Image.Image) -> list[Line]:
        """The lines of `picture`, an upright RGB image."""
        ...


def open_reader(name: str = "auto", threads: int | None = None) -> Reader:
    """A reader by name; `auto` takes the first that is installed. All work without a network.

    Args:
        name: `fast`, `rapid` or `auto`.
        threads: processor cores to use; None leaves the choice to the program.

    Raises:
        ReaderMissing: it is not installed.
    """
    wanted = list(READERS) if name == "auto" else [name]
    for one in wanted:
        module, package, _extra = READERS[one]
        try:
            import_module(package)
        except ImportError:
            continue
        reader: Reader = import_module(f"{__package__}.{module}").open_reader(threads)
        return reader
    extra = READERS[wanted[0]][2]
    packages = " or ".join(READERS[one][1] for one in wanted)
    raise ReaderMissing(
        f"Reading pictures needs {packages}, which is not installed: pip install 'zhixing[{extra}]'"
    )
