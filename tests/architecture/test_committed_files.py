"""What may and may not be committed: no addresses, no machine paths, nothing made by others."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# SHA-256 of the Apache License 2.0 as published.
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
LARGEST_BYTES = 3_000_000
# Spelt in pieces, so that this file does not name them itself.
INDEX_HOSTS = re.compile(
    rb"pypi\.org|python"
    rb"hosted\.org|registry\.npm"
    rb"js\.org|npm"
    rb"mirror|deb\.deb"
    rb"ian\.org"
)
MACHINE_PATHS = re.compile(rb"(?:^|[^A-Za-z0-9_.])/(?:work|root|home/[a-z]+)/")


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


FILES = committed()


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


@pytest.mark.parametrize("pattern", [INDEX_HOSTS, MACHINE_PATHS], ids=["hosts", "paths"])
def test_no_file_names_an_index_or_a_machine_path(pattern: re.Pattern[bytes]) -> None:
    """Downloads come from wherever the machine is set to; no folder of one machine is named."""
    own = Path(__file__)
    assert named([p for p in FILES if p != own and pattern.search(p.read_bytes())]) == []


def test_nothing_of_others_is_committed() -> None:
    """Minified files and fonts are installed, and no file is so large that it must be data."""
    foreign = re.compile(r"\.(min\.js|min\.css|woff2?|ttf|otf|whl)$")
    assert named([path for path in FILES if foreign.search(path.name)]) == []
    assert named([path for path in FILES if path.stat().st_size > LARGEST_BYTES]) == []


def test_licence_is_apache_verbatim() -> None:
    """LICENSE is the published text, to the byte."""
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_lock_of_pages_has_hashes_and_no_addresses() -> None:
    """Every npm package is pinned by its hash; none says where it comes from."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


@pytest.mark.parametrize(
    ("lock", "groups", "extras"),
    [
        ("runtime", ["build"], []),
        ("dev", ["build", "dev"], ["shapes", "bench", "ocr"]),
        ("node", ["node"], []),
    ],
)
def test_every_named_dependency_is_pinned(lock: str, groups: list[str], extras: list[str]) -> None:
    """`make lock` was run after the last change of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [] if lock == "node" else list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    for extra in extras:
        wanted += project["project"]["optional-dependencies"][extra]
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    pinned = {canonical(name) for name in re.findall(r"^([\w.-]+)==", text, re.M)}
    names = {canonical(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in wanted}
    assert names - pinned == set()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
