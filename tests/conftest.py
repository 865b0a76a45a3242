"""Fixtures every test may use; app factories live beside the tests of their app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.harness import browser as chromium

# How long an example takes says nothing here: the first one may wait for a compiler.
hypothesis.settings.register_profile("zhixing", deadline=None)
hypothesis.settings.load_profile("zhixing")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for the whole run (one for each parallel worker)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A watched page at desktop width; relative addresses lead to the live server."""
    with chromium.watched_page(browser, live_server.url, chromium.DESKTOP) as watched:
        yield watched


@pytest.fixture
def phone(browser: Any, live_server: Any) -> Iterator[Any]:
    """A watched page on a phone, 390 px wide with touch."""
    with chromium.watched_page(browser, live_server.url, chromium.PHONE) as watched:
        yield watched
