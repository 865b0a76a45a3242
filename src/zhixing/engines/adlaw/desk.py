"""The arrays a kernel works on, and the call that lets them grow until all ads are done."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import layout, matching
from .events import EVENT_ROWS
from .matching import ARMED_ROWS, CANDIDATE_ROWS, DEEP_ROWS
from .reading import CHARACTER_ROWS, LONGEST_RUN, TOKEN_ROWS

_INT = np.int32
_MOST_STEPS = 64  # steps of a plan; the pattern language makes them by hand, so they are few


class Desk:
    """Room for one thread to screen ads with one rule set."""

    def __init__(self, arena: NDArray[np.int32]) -> None:
        self._arena = arena
        start = arena[2 * layout.NUMBERS]
        symbols, kinds = arena[start], arena[start + 1]
        self._kinds = int(kinds)
        self._head = np.zeros(symbols + 1, _INT)
        self._stamp = np.zeros(symbols + 1, _INT)  # the last counts the ads
        self._deep = np.zeros((DEEP_ROWS, _MOST_STEPS), _INT)
        self._letters = np.zeros(2 * LONGEST_RUN + 6, _INT)
        self._weights = np.zeros(max(self._kinds, 1), _INT)
        self._room(256)
        self._events = np.zeros((EVENT_ROWS, 1024), _INT)
        self._armed = np.zeros((ARMED_ROWS, 256), _INT)
        self._links = np.zeros((2, 4096), _INT)
        self._candidates = np.zeros((CANDIDATE_ROWS, 256), _INT)
        self._hits = np.zeros((256, layout.H_WIDTH), _INT)
        self._shares = np.zeros((1, max(self._kinds, 1)), _INT)

    def _room(self, characters: int) -> None:
        self._chars = np.zeros((CHARACTER_ROWS, characters + 8), _INT)
        self._how = np.zeros(characters + 8, _INT)
        self._tokens = np.zeros((TOKEN_ROWS, characters + 8), _INT)

    def screen(
        self,
        data: NDArray[np.uint8],
        offsets: NDArray[np.int64],
        categories: NDArray[np.int32],
        media: NDArray[np.int32],
        full: NDArray[np.int32],
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Rows of hits of all ads, and the probability of each category of each ad (1/1000).

        Both are views that the next call overwrites.
        """
        ads = len(offsets) - 1
        if len(self._shares) < ads:
            self._shares = np.zeros((ads, max(self._kinds, 1)), _INT)
        made = done = 0
        while True:
            made, done, why = matching.screen(
                self._arena, data, offsets, categories, media, full, done,
                self._chars, self._how, self._tokens, self._events, self._armed, self._head,
                self._stamp, self._links, self._candidates, self._deep, self._letters,
                self._weights, self._shares, self._hits, made,
            )  # fmt: skip
            if why == matching.DONE:
                return self._hits[:made], self._shares[:ads]
            self._grow(why)

    def _grow(self, why: int) -> None:
        if why == matching.MORE_CHARACTERS:
            self._room(2 * self._chars.shape[1])
        elif why == matching.MORE_EVENTS:
            self._events = _wider(self._events)
        elif why == matching.MORE_ARMED:
            self._armed = _wider(self._armed)
        elif why == matching.MORE_LINKS:
            self._links = _wider(self._links)
        elif why == matching.MORE_CANDIDATES:
            self._candidates = _wider(self._candidates)
        else:
            self._hits = np.concatenate([self._hits, np.zeros_like(self._hits)])


def _wider(array: NDArray[Any]) -> NDArray[Any]:
    return np.zeros((array.shape[0], 2 * array.shape[1]), array.dtype)
