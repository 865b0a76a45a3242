"""One line of the table that `make bench` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours beside the same figure of a peer, measured in the same run.

    Args:
        what: what was measured, with the data it was measured on.
        unit: e.g. `s`, `names/s`, `MiB`, `recall`.
        ours: our figure.
        peer: name and version of the other program.
        theirs: its figure; None where it cannot do the task, which `note` then explains.
        higher_is_better: True for rates, recall and the like.
        note: what a reader must know to judge the figure.
    """

    what: str
    unit: str
    ours: float
    peer: str
    theirs: float | None
    higher_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better ours is; below 1 the peer is better."""
        if self.theirs is None:
            return None
        better, worse = (
            (self.ours, self.theirs) if self.higher_is_better else (self.theirs, self.ours)
        )
        return better / worse if worse else float("inf")
