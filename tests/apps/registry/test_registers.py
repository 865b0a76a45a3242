"""The registers, by the generic suite."""

from tests.apps.registry import suites


class TestSubjects(suites.SubjectSuite):
    """Subjects."""


class TestLicences(suites.LicenceSuite):
    """Licences and filings."""


class TestTradeMarks(suites.TradeMarkSuite):
    """Trade marks."""


class TestAuthorisations(suites.AuthorisationSuite):
    """Contracts on marks."""
