"""The scripts, styles and fonts of others: what is installed and what is served."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from zhixing.kit.icons import ICONS
from zhixing.project import assets

LOCK = json.loads((assets.ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_file_names_hashes_and_no_address() -> None:
    """Each package is pinned by hash, and no package index stands in the project."""
    packages = [entry for name, entry in LOCK["packages"].items() if name]
    assert packages
    for entry in packages:
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_a_second_run_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the lock file, the icons and this module unchanged, npm is not started."""
    monkeypatch.setattr(assets, "_run", lambda command: pytest.fail(f"ran {command}"))
    assert assets.install() is False


def test_a_changed_icon_list_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An icon added to the list makes the next run copy anew."""
    before = assets.fingerprint()
    monkeypatch.setattr(assets, "ICONS", ICONS | {"zoom-out"})
    assert assets.fingerprint() != before


def test_nothing_served_points_to_a_source_map_or_another_host() -> None:
    """A pointer to a file that is not served would break hashed static files."""
    for path in assets.VENDOR.rglob("*"):
        if path.suffix not in {".js", ".css"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path
        assert not re.search(r"url\(\s*['\"]?https?:|@import", text), path


@pytest.mark.parametrize(
    "comment",
    [b"\n//# sourceMappingURL=a.js.map", b"\n/*# sourceMappingURL=a.css.map */", b""],
)
def test_only_the_pointer_is_removed(comment: bytes) -> None:
    """The file itself stays as it is."""
    assert assets.SOURCE_MAP.sub(b"", b"var a = 1;" + comment) == b"var a = 1;"


def test_the_sprite_holds_every_icon() -> None:
    """What templates may name is there to be drawn."""
    sprite = (assets.VENDOR / "icons" / "sprite.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == ICONS


def test_an_icon_that_the_set_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A wrong icon name fails when assets are installed, and says which."""
    monkeypatch.setattr(assets, "ICONS", frozenset({"check", "chekc"}))
    icon_set = tmp_path / "icons.json"
    icon_set.write_text('{"icons": {"check": {"body": "<path/>"}}}')
    with pytest.raises(assets.AssetError, match="chekc"):
        assets.sprite(icon_set)


def test_npm_comes_from_a_wheel_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without npm on the path, the pinned wheel is installed into the running interpreter."""
    ran: list[list[str]] = []
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    monkeypatch.setattr(
        assets.importlib.util, "find_spec", lambda name: object() if name == "pip" else None
    )
    monkeypatch.setattr(assets, "_run", ran.append)
    command = assets.npm()
    assert command[0] == assets.sys.executable
    assert ran[0][1:4] == ["-m", "pip", "install"]
    assert "--require-hashes" in ran[0]
    assert Path(ran[0][-1]).is_file()


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    """A page seldom opened may not fail on an icon that nobody put into the list."""
    named = {
        name
        for path in assets.PACKAGE.rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= ICONS
