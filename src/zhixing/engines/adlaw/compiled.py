"""The one way kernels are compiled: numba, cached on disk, without the interpreter lock.

numba notices when the file of a cached function changes, but not when a function that it calls
lives in another file and changes there; a stale kernel would go on answering by old rules. So the
cached kernels of this package are dropped whenever any of its sources differs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from numba import njit


def drop_stale_kernels(package: Path) -> bool:
    """Remove cached kernels made from other sources than ``package`` holds now.

    Returns whether they were dropped. A folder that cannot be written is left alone: there numba
    keeps its cache elsewhere, and an installation replaces all files together.
    """
    state = hashlib.sha256()
    for source in sorted(package.glob("*.py")):
        state.update(source.read_bytes())
    cache = package / "__pycache__"
    stamp = cache / "kernels.sha256"
    with suppress(OSError):
        if stamp.is_file() and stamp.read_text() == state.hexdigest():
            return False
        cache.mkdir(exist_ok=True)
        for kernel in cache.glob("*.nb[ic]"):
            kernel.unlink(missing_ok=True)
        stamp.write_text(state.hexdigest())
        return True
    return False


drop_stale_kernels(Path(__file__).parent)
# Kernels make no arrays, so that numba need not count who holds those that they are given.
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """The function, compiled when it is first called."""
    compiled: F = njit(**_OPTIONS)(function)
    return compiled
