"""Compiled rule sets kept on disk, so that only the first program of a version compiles it.

A file holds one arena as plain integers behind their SHA-256; it is named after the content of the
rule set, the sources and the data of this package. What is broken, cut short or made by other
sources is not used, and a folder that cannot be written only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ruleset import RuleSet

FORMAT = 1
_MOST_KEPT = 8  # rule sets in the folder; the oldest goes first
_DIGEST = 32


def user_folder() -> Path | None:
    """Where this user's compiled rule sets lie; none when the user has no home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    with suppress(RuntimeError):
        return (Path(base) if base else Path.home() / ".cache") / "zhixing" / "adlaw"
    return None


def kept_arena(
    ruleset: RuleSet, folder: Path | None, make: Callable[[], NDArray[np.int32]]
) -> NDArray[np.int32]:
    """The arena of the rule set from the folder, or made and, where possible, put there."""
    if folder is None:
        return make()
    path = folder / f"{_key(ruleset)}.arena"
    arena = _read(path)
    if arena is None:
        arena = make()
        with suppress(OSError):
            _write(path, arena)
    return arena


def _key(ruleset: RuleSet) -> str:
    # The version names the day too, and on most days the rules are those of the day before.
    content = json.dumps(_plain(replace(ruleset, version="")), ensure_ascii=False, sort_keys=True)
    state = hashlib.sha256(f"{FORMAT} {sys.byteorder} {_sources()} ".encode())
    state.update(content.encode("utf-8", "surrogatepass"))
    return state.hexdigest()[:32]


def _plain(value: Any) -> Any:
    """The value as JSON, equal for equal values."""
    if is_dataclass(value):
        return [_plain(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "items"):
        # Order counts: it numbers the terms.
        return [[name, _plain(one)] for name, one in value.items()]
    return value


@cache
def _sources() -> str:
    package = Path(__file__).parent
    state = hashlib.sha256()
    for path in sorted([*package.glob("*.py"), *(package / "data").glob("*.*")]):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


def _read(path: Path) -> NDArray[np.int32] | None:
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    body = memoryview(raw)[_DIGEST:]
    if len(body) % 4 or not body or hashlib.sha256(body).digest() != raw[:_DIGEST]:
        return None
    return np.frombuffer(bytearray(body), np.int32)


def _write(path: Path, arena: NDArray[np.int32]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = arena.tobytes()
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(hashlib.sha256(body).digest())
            file.write(body)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    kept = sorted(path.parent.glob("*.arena"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)
