"""The product's settings, with the few things that differ while it is tested."""

from __future__ import annotations

from zhixing.project.settings import *  # noqa: F403
from zhixing.project.settings import DATABASES, HOME, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server, job workers and commands open connections of their own,
    # and locking behaves as it does in an office.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
else:
    # A connection kept open by the live server would keep the test database from being dropped.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Files are found where they lie, so that no test needs `collectstatic` first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Slow on purpose in an office, of no use in a test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
