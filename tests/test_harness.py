"""The harness notices what it is there to notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.harness.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    watch_of,
    watched_page,
)

HEAD = (
    '<!doctype html><html lang="en"><head><title>Page</title>'
    '<meta name="viewport" content="width=device-width"></head><body><main>'
)
PAGES = {
    "/": f"{HEAD}<h1>Fine</h1></main></body></html>",
    "/script": f'{HEAD}<h1>Script</h1><script src="/throws.js"></script></main></body></html>',
    "/throws.js": "throw new Error('thrown on purpose');",
    "/inline": f"{HEAD}<h1>Inline</h1><script>document.title = 'ran'</script></main></body></html>",
    "/abroad": f'{HEAD}<h1>Abroad</h1><img alt="" src="http://abroad.invalid/x.png"></main></body>',
    "/nameless": f'{HEAD}<h1>Form</h1><input type="text"></main></body></html>',
    "/wide": f'{HEAD}<h1>Wide</h1><img alt="" width="900" height="9"></main></body></html>',
}
POLICY = "default-src 'self'; img-src 'self' http://abroad.invalid"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        kind = "text/javascript" if self.path.endswith(".js") else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write((body or "nothing here").encode())

    def log_message(self, *args: Any) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_without_faults_passes(browser: Any, site: str) -> None:
    """A well-made page passes the watch, the accessibility check and the width check."""
    with watched_page(browser, site, PHONE) as page:
        page.goto("/")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/script", "thrown on purpose"),
        ("/inline", "Content Security Policy"),
        ("/abroad", "request to another host"),
        ("/nowhere", "404"),
    ],
)
def test_a_faulty_page_fails_its_test(browser: Any, site: str, path: str, complaint: str) -> None:
    """An exception, a violated policy, a foreign request and a missing page each fail the test."""
    with (
        pytest.raises(AssertionError, match=complaint),
        watched_page(browser, site, DESKTOP) as page,
    ):
        page.goto(path)


def test_an_expected_refusal_must_occur(browser: Any, site: str) -> None:
    """A problem that was allowed passes when it occurs, and fails the test when it does not."""
    with watched_page(browser, site, DESKTOP) as page:
        watch_of(page).allow("404")
        page.goto("/nowhere")
    unmet = watched_page(browser, site, DESKTOP)
    watch_of(unmet.__enter__()).allow("404")
    with pytest.raises(AssertionError, match="expected, but never seen: 404"):
        unmet.__exit__(None, None, None)


def test_accessibility_check_names_the_rule(browser: Any, site: str) -> None:
    """An input without a label is reported under axe-core's rule `label`."""
    with watched_page(browser, site, DESKTOP) as page:
        page.goto("/nameless")
        with pytest.raises(AssertionError, match="label"):
            assert_accessible(page)


def test_width_check_names_what_sticks_out(browser: Any, site: str) -> None:
    """An element wider than the phone is named."""
    with watched_page(browser, site, PHONE) as page:
        page.goto("/wide")
        with pytest.raises(AssertionError, match="img"):
            assert_no_sideways_scroll(page)
