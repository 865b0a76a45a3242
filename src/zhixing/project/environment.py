"""What the environment says: the data folder, the database and the secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

# SQLite as measured in the stack notes: IMMEDIATE avoids every "database is locked" of deferred
# transactions that upgrade, and 20 s rides out the longest unlucky wait seen with 16 writers.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
    ),
}


def flag(name: str) -> bool:
    """Whether the variable is set to 1, true, yes or on."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """The comma-separated parts of the variable."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def home() -> Path:
    """The folder that holds the embedded database, evidence files and logs; made on demand."""
    folder = Path(os.environ.get("ZHIXING_HOME") or "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """`ZHIXING_SECRET_KEY`, or (embedded) a key made once that only its owner can read."""
    if key := os.environ.get("ZHIXING_SECRET_KEY"):
        return key
    kept = folder / "secret_key"
    try:
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return kept.read_text().strip()


def database(url: str | None, folder: Path) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host/name?host=/socket`.

    Raises:
        ValueError: the address names another kind of database.
    """
    parts = urlsplit(url or f"sqlite:///{folder / 'zhixing.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or str(folder / "zhixing.sqlite3"),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = parse_qs(parts.query)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", [parts.hostname or ""])[0],
            "PORT": str(parts.port or query.get("port", [""])[0]),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(
        f"ZHIXING_DATABASE_URL: expected sqlite:///… or postgresql://…, got {parts.scheme}://…"
    )
