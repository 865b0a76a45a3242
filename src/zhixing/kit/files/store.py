"""The store: content under the SM3 of itself, written so that a crash leaves nothing half."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage


@dataclass(frozen=True, slots=True)
class Received:
    """An upload on disk, not yet kept."""

    path: Path
    sm3: str
    size: int


def _root() -> Path:
    storage = default_storage
    if not isinstance(storage, FileSystemStorage):
        raise TypeError("Evidence needs a storage on the file system.")
    return Path(storage.location)


def path_of(sm3: str) -> Path:
    """Where the content with that hash lies."""
    return _root() / sm3[:2] / sm3[2:4] / sm3


def receive(chunks: Iterable[bytes], limit: int) -> Received | None:
    """Write an upload to a temporary file and hash it; None if it has more than `limit` bytes."""
    incoming = _root() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.new("sm3"), 0
    handle, name = tempfile.mkstemp(dir=incoming)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    path.unlink()
                    return None
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        # The connection broke or the disk is full: nothing of it stays.
        path.unlink(missing_ok=True)
        raise
    return Received(path, digest.hexdigest(), size)


def keep(received: Received) -> Path:
    """Move the upload to its place, where equal content is kept once; returns the place.

    Equal content takes the place of what lies there, so that receiving a file again also mends a
    damaged copy.
    """
    target = path_of(received.sm3)
    target.parent.mkdir(parents=True, exist_ok=True)
    received.path.chmod(0o440)
    os.replace(received.path, target)
    # The name lasts only when its folder is on disk, and a new folder only when its own is.
    for folder in (target.parent, target.parent.parent, _root()):
        _sync_folder(folder)
    return target


def drop(received: Received) -> None:
    """Throw a refused upload away."""
    received.path.unlink(missing_ok=True)


def is_intact(sm3: str) -> bool:
    """Whether the stored content is there and still has its hash."""
    path = path_of(sm3)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new("sm3")).hexdigest() == sm3


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
