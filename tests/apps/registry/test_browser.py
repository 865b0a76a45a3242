"""The registers in a real browser, by the generic suite."""

from __future__ import annotations

from typing import Any

from tests.apps.registry import suites
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.kit.testing.suites import RegisterBrowserSuite


class InChromium(RegisterBrowserSuite):
    """How this project opens and checks a page."""

    def open(self, page: Any, officer: Any, url: str) -> None:
        sign_in(page, officer)
        page.goto(url)

    def check(self, page: Any) -> None:
        assert_accessible(page)
        assert_no_sideways_scroll(page)


class TestSubjects(InChromium):
    """Subjects."""

    suite = suites.SubjectSuite

    def check(self, page: Any) -> None:
        super().check(page)
        if page.url.endswith("/subjects/"):
            screenshot(page, "subjects")


class TestLicences(InChromium):
    """Licences and filings."""

    suite = suites.LicenceSuite


class TestTradeMarks(InChromium):
    """Trade marks."""

    suite = suites.TradeMarkSuite


class TestAuthorisations(InChromium):
    """Contracts on marks."""

    suite = suites.AuthorisationSuite
