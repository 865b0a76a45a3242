"""Campaigns, by the generic suite."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.apps.campaigns import examples
from tests.apps.people import make_officer, make_offices
from zhixing.apps.campaigns.registers import CampaignRegister
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite


class TestCampaigns(RegisterSuite):
    """Campaigns of one office, beside those of an office on the same floor."""

    register = CampaignRegister
    filtering = ({"clause": "二/(五)"}, {"clause": "二/(五)"}, {"clause": "二/(三)"})
    searching = ("秋季", {"title": "秋季行动"}, {"title": "春季行动"})
    typed = {
        "title": "秋季打击傍名牌专项行动",
        "clause": "二/(二)",
        "starts_on": "2026-09-01",
        "ends_on": "2026-11-30",
        "base_year": "2025",
        "measures": ["leads.found", "leads.decided"],
        "act_kinds": ["name_confusion"],
    }
    wrong = ("ends_on", "2026-08-01")
    change = ("places", "批发市场")
    other_change = ("purpose", "净化市场")

    def cast(self) -> Cast:
        offices = make_offices()
        return Cast(
            keeper=make_officer(offices.office, "head"),
            colleague=make_officer(offices.office, "leader"),
            head=make_officer(offices.office, "head"),
            elsewhere=make_officer(offices.other_office, "head"),
            stranger=make_officer(offices.office, "auditor"),
        )

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        given = {"title": f"第{number}次专项行动", "offices": [officer.unit_path]}
        return examples.campaign(officer, **(given | values))

    def entered(self, cast: Cast) -> dict[str, Any]:
        return {**(self.typed or {}), "offices": [cast.keeper.unit_path]}

    def test_an_officer_plans_no_campaign(self) -> None:
        """Planning is for heads and leaders; officers read."""
        cast = self.cast()
        officer = make_officer(make_offices().office, "officer")
        client = Client()
        client.force_login(officer, backend=BACKEND)
        row = self.make(cast.keeper, 1)
        assert client.get(row.get_absolute_url()).status_code == 200
        assert client.get(self.register.url("new")).status_code == 403
