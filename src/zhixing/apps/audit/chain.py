"""The seal: SM3 (GB/T 32905) over the seal before and the entry's canonical JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any

GENESIS = "0" * 64


def canonical(body: dict[str, Any]) -> str:
    """One spelling per content: sorted keys, no spaces, UTF-8 characters as they are."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(previous: str, body: str) -> str:
    """64 hex digits of SM3(previous ‖ body).

    Raises:
        ValueError: this Python's OpenSSL was built without SM3.
    """
    return hashlib.new("sm3", f"{previous}\n{body}".encode()).hexdigest()
