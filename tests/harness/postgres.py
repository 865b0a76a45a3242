"""A throw-away PostgreSQL cluster on a Unix socket, gone when its `with` block ends.

Also a command: `python -m tests.harness.postgres COMMAND…` runs COMMAND with
`ZHIXING_DATABASE_URL` set to such a cluster.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNER = "zhixing"
# Nothing here outlives the run, so nothing waits for the disk.
SERVER_OPTIONS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
}
START_SECONDS = 60


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server here, or None where there is none."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=_version, default=None)


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", folder.parent.name))


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and give the address for `ZHIXING_DATABASE_URL`.

    Encoding and character types are UTF-8 (C.UTF-8): with plain C, trigram search is blind to
    Chinese.

    Raises:
        RuntimeError: PostgreSQL is not installed, or did not start.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    # Short, because a socket's path may not exceed 107 bytes.
    place = Path(tempfile.mkdtemp(prefix="zx-pg-", dir="/tmp"))
    try:
        identity = _server_identity(place)
        data = place / "data"
        _create(folder, data, identity)
        server = _start(folder, data, place, identity)
        try:
            yield f"postgresql://{OWNER}@/postgres?host={place}"
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _server_identity(place: Path) -> dict[str, Any]:
    """How to start the server: PostgreSQL refuses root, so root hands over to `postgres`."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        account = pwd.getpwnam("nobody")
    os.chown(place, account.pw_uid, account.pw_gid)
    place.chmod(0o755)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _create(folder: Path, data: Path, identity: dict[str, Any]) -> None:
    made = subprocess.run(
        [
            folder / "initdb", "--no-sync", "--auth=trust", f"--username={OWNER}",
            "--encoding=UTF8", "--locale=C.UTF-8", f"--pgdata={data}",
        ],
        cwd="/", capture_output=True, text=True, **identity,
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stderr}")


def _start(
    folder: Path, data: Path, sockets: Path, identity: dict[str, Any]
) -> subprocess.Popen[bytes]:
    options = [f"--{key}={value}" for key, value in SERVER_OPTIONS.items()]
    with open(sockets / "log", "wb") as log:
        server = subprocess.Popen(
            [folder / "postgres", "-D", data, "-k", sockets, *options],
            cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, **identity,
        )  # fmt: skip
    ready = [folder / "pg_isready", "--quiet", "-h", sockets, "-d", "postgres", "-U", OWNER]
    give_up = time.monotonic() + START_SECONDS
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > give_up:
            server.kill()
            raise RuntimeError(f"PostgreSQL did not start:\n{(sockets / 'log').read_text()}")
        time.sleep(0.1)
    return server


def main(command: Sequence[str]) -> int:
    """Run the command beside a cluster; its exit code is the answer."""
    with cluster() as url:
        environment = os.environ | {"ZHIXING_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
