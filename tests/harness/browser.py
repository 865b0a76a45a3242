"""Real pages in a real browser: Chromium driven by Playwright, watched while it works.

A page under test fails its test on any console error, uncaught exception, violation of the
content security policy, or request to anything but the live server. `page.wait_for_function` does
not work under that policy: use `expect(locator)`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
WAIT_MILLISECONDS = 10_000


def chromium() -> str | None:
    """The path of the Chromium or Chrome installed here, or None."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start headless Chromium; its sandbox is off for root, who may not use it."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return playwright.chromium.launch(executable_path=chromium(), args=flags)


class Watch:
    """What went wrong on the pages of one browser context."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.problems: list[str] = []
        self._allowed: dict[str, bool] = {}
        self.host = host
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))
        context.route(re.compile(r"^(https?|wss?)://"), self._request)

    def allow(self, pattern: str) -> None:
        """Expect a problem, as when a page is refused on purpose; it must then occur."""
        self._allowed[pattern] = False

    def verdict(self) -> str:
        """Everything that should not have happened, or should have and did not; empty if well."""
        missing = [
            f"expected, but never seen: {p}" for p, seen in self._allowed.items() if not seen
        ]
        return "\n".join(self.problems + missing)

    def _note(self, problem: str) -> None:
        for pattern in self._allowed:
            if re.search(pattern, problem):
                self._allowed[pattern] = True
                return
        self.problems.append(problem)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports a violated content security policy as a console error too.
        if message.type == "error":
            self._note(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc == self.host:
            route.continue_()
        else:
            self._note(f"request to another host: {route.request.url}")
            route.abort()


@contextmanager
def watched_page(browser: Browser, base_url: str, device: dict[str, Any]) -> Iterator[Page]:
    """A fresh page in its own context; `watch_of(page)` says what it may do wrong.

    Raises:
        AssertionError: something went wrong in the browser while the block ran.
    """
    # No transition is under way while colours are measured.
    settled: dict[str, Any] = {"reduced_motion": "reduce", **device}
    context = browser.new_context(
        base_url=base_url, locale="zh-CN", timezone_id="Asia/Shanghai", **settled
    )
    context.set_default_timeout(WAIT_MILLISECONDS)
    watch = Watch(context, urlsplit(base_url).netloc)
    page = context.new_page()
    _watches[page] = watch
    try:
        yield page
    finally:
        del _watches[page]
        context.close()
    problems = watch.verdict()
    assert not problems, f"In the browser:\n{problems}"


_watches: dict[Page, Watch] = {}


def watch_of(page: Page) -> Watch:
    """The watch kept on a page of the `page` or `phone` fixture."""
    return _watches[page]


def sign_in(page: Page, officer: Any) -> None:
    """Give the page a session of the officer without going through the sign-in form."""
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": f"http://{watch_of(page).host}"}]
    )


def screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page as `var/screenshots/NAME-WIDTH.png`."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    path = SCREENSHOTS / f"{name}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    """Check the page (or one part of it) with axe-core against WCAG 2.1 A and AA.

    Raises:
        AssertionError: lists each violated rule with the elements concerned.
    """
    page.evaluate(_axe_source())
    result = page.evaluate(
        """(within) => axe.run(within || document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
            resultTypes: ["violations"],
        })""",
        within,
    )
    lines = [
        f"{found['id']} ({found['impact']}): {found['help']}\n    "
        + "\n    ".join(node["html"] for node in found["nodes"][:5])
        for found in result["violations"]
    ]
    assert not lines, f"axe-core on {page.url}:\n" + "\n".join(lines)


def assert_no_sideways_scroll(page: Page) -> None:
    """The page fits its window: nothing has to be scrolled from left to right.

    Raises:
        AssertionError: names the widest elements that stick out.
    """
    result = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const out = [...document.body.querySelectorAll("*")].filter(
                (e) => e.getBoundingClientRect().right > width + 1);
            return {
                over: document.documentElement.scrollWidth - width,
                who: out.slice(0, 5).map((e) => e.cloneNode(false).outerHTML),
            };
        }"""
    )
    assert result["over"] <= 1, f"{page.url} is {result['over']} px too wide: {result['who']}"


def _axe_source() -> str:
    path = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8")
