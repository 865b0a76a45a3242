"""The hand-written labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Example:
    """A label's text and the parties that a reader finds on it."""

    name: str
    part: str
    lines: list[str] = field(default_factory=list)
    parties: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def examples(part: str = "") -> list[Example]:
    """All labels, or those of one part: dev, check, late."""
    found: list[Example] = []
    lines = (Path(__file__).parent / "labels.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("= "):
            found.append(Example(*line[2:].split()))
        elif line.startswith("> "):
            role, _, name = line[2:].partition(" ")
            found[-1].parties.append((role, unspaced(name)))
        elif found and not line.startswith("# "):
            found[-1].lines.append(line)
    return [example for example in found if part in ("", example.part)]


def unspaced(name: str) -> str:
    """Blanks in Latin names and numbers are a matter of layout."""
    return "".join(name.split())
