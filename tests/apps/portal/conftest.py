"""Every test starts without an index, on disk or in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhixing.apps.clearance import indexing


@pytest.fixture(autouse=True)
def _fresh_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.HOME = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    indexing.forget()
    yield
    indexing.forget()
