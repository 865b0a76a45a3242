"""Sightings and hits, by the generic suite, and the form an officer fills in on the spot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.apps.brands import examples
from zhixing.apps.brands.api import Hit, Sighting, record_sighting
from zhixing.apps.brands.registers import HitRegister, SightingRegister
from zhixing.apps.leads.api import Lead
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.files.api import files_of
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite

# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8"
    "cfc0f01f0005000001ff9aa5bb2e0000000049454e44ae426082"
)


class TestSightings(RegisterSuite):
    """Shop names and offers."""

    register = SightingRegister
    filtering = ({"kind": "listing"}, {"kind": "listing"}, {"kind": "shop"})
    searching = ("山泉", {"text": "农夫山泉专卖"}, {"text": "泉山专卖"})
    typed = {
        "kind": "shop", "text": "平安面馆", "seen_on": "2026-03-02",
        "unit_path": "3799/379901/37990101/",
    }  # fmt: skip
    wrong = ("seen_on", "2999-01-01")
    change = ("seen_at", "江口镇农贸市场")
    other_change = ("note", "重点")
    bulk = ("kind", "listing")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        first = timezone.localdate() - timedelta(days=40)
        given = {"text": f"店铺{number}", "seen_on": first + timedelta(days=number)} | values
        return examples.sighting(officer.unit_path, given.pop("text"), **given)

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return (
            "类型,文字,地点,日期\n店招,康帅傅面馆,江口镇,2026-03-02\n网络商品,正品康帅傅,,2026-03-02",
            2,
        )


class TestHits(RegisterSuite):
    """What the guard found."""

    register = HitRegister
    filtering = ({"standing": "excluded"}, {"standing": "excluded", "ground": "holder"}, {})
    searching = ("康帅", {"name": "海州市康帅傅食品有限公司"}, {"name": "海州市帅康食品有限公司"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        now = timezone.now() - timedelta(hours=number)
        given = {
            "unit_path": officer.unit_path, "name_kind": "subject", "object_id": number,
            "name": f"字号{number}", "against": "mark", "like": "康师傅", "standing": "lead",
            "probability": 0.5 + number / 100, "key": f"{number:064d}", "found_at": now,
            "judged_at": now,
        }  # fmt: skip
        return Hit.objects.create(**(given | values))


@pytest.mark.django_db
def test_a_sighting_is_refused_with_what_was_expected() -> None:
    """A text of one character, a day to come, half a position, another office."""
    people = examples.cast()
    for wrong in (
        {"text": "康"},
        {"text": "平安面馆", "seen_on": timezone.localdate() + timedelta(days=1)},
        {"text": "平安面馆", "longitude": 120.0},
        {"text": "平安面馆", "nice_classes": [46]},
    ):
        with pytest.raises(Invalid):
            record_sighting(people.keeper, wrong)
    with pytest.raises(Refused):
        record_sighting(
            people.keeper, {"text": "平安面馆", "unit_path": people.elsewhere.unit_path}
        )
    with pytest.raises(Refused):
        record_sighting(people.stranger, {"text": "平安面馆"})
    assert not Sighting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_officer_sees_the_verdict_before_anything_is_kept(client: Any) -> None:
    """Comparing keeps nothing; the part asked for while typing says the same."""
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    client.force_login(people.keeper, backend=BACKEND)
    assert client.get("/brands/check/").status_code == 200
    typed = {"kind": "label", "text": "品牌:康帅傅 监制:香港某某集团", "do": "check"}
    page = client.post("/brands/check/", typed).content.decode()
    assert "康师傅" in page
    assert "differ-pair" in page
    assert "品牌:康帅傅" in page, "what was typed is still there"
    part = client.post("/brands/check/verdict/", typed).content.decode()
    assert "differ-pair" in part
    assert "<html" not in part
    clean = client.post("/brands/check/verdict/", {"kind": "shop", "text": "平安面馆"})
    assert "differ-pair" not in clean.content.decode()
    assert not Sighting.objects.exists()
    assert not Lead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_recorded_with_a_photo_it_is_judged_and_its_page_says_what_it_is_like(
    client: Any, settings: Any, tmp_path: Any
) -> None:
    """The photo is its evidence, the lead stands on its page, and its place in the lead."""
    settings.HOME = tmp_path
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    client.force_login(people.keeper, backend=BACKEND)
    photo = SimpleUploadedFile("招牌.png", PNG, "image/png")
    typed = {
        "kind": "shop",
        "text": "康帅傅面馆",
        "seen_at": "江口镇",
        "photo": photo,
        "do": "record",
    }
    page = client.post("/brands/check/", typed, follow=True)
    sighting = Sighting.objects.get()
    assert page.redirect_chain[-1][0] == sighting.get_absolute_url()
    assert files_of(sighting).count() == 1
    lead = Lead.objects.get()
    assert lead.get_absolute_url() in page.content.decode()
    told = client.get(lead.get_absolute_url()).content.decode()
    assert "江口镇" in told
    assert sighting.get_absolute_url() in told


@pytest.mark.django_db(transaction=True)
def test_a_name_is_judged_within_a_second_of_its_arrival() -> None:
    """Once the process has its guard, with two thousand brands on the lists."""
    import time

    from zhixing.apps.brands.models import WatchedMark

    people = examples.cast()
    path = people.keeper.unit_path
    first = [chr(0x4E00 + 37 * n % 5000) + chr(0x5000 + 91 * n % 9000) + "堂" for n in range(2000)]
    rows = [WatchedMark(unit_path=path, text=text) for text in dict.fromkeys(first)]
    WatchedMark.objects.bulk_create(rows)
    examples.watched(path, "康师傅")
    examples.sighting(path, "平安面馆")
    start = time.perf_counter()
    examples.sighting(path, "康帅傅面馆")
    assert time.perf_counter() - start < 1
    assert Lead.objects.count() == 1
