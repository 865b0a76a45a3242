"""Checking an advertisement in public: problems in place, a way out, nothing kept."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.apps.people import make_officer, make_offices
from zhixing.apps.adverts.api import Ad
from zhixing.apps.audit.models import AuditEntry
from zhixing.apps.discipline import pictures
from zhixing.apps.portal.indicators import self_checks
from zhixing.apps.portal.models import Allowance, DailyUse
from zhixing.engines.posters import Box, Line
from zhixing.kit.files.api import EvidenceFile
from zhixing.kit.indicators import Period

pytestmark = pytest.mark.django_db
API = "/api/v1/ads/check"
RULES = """
[[rule]]
id = "test-cure"
family = "MED_EFFICACY_GUARANTEE"
title_zh = "测试用语"
title_en = "Cure"
articles = [{ instrument = "advertising-law", article = "16(1)" }]
penalty = [{ instrument = "advertising-law", article = "58" }]
severity = "serious"
valid_from = 2015-09-01
confidence = "text"
patterns = ["立愈青鸾"]
strength = 0.9
reason_zh = "含有表示功效的断言。"
reason_en = "It asserts an effect."
remedy_zh = "只写经批准的说明书内容。"
remedy_en = "State only what the approved leaflet says."
hits = [{ text = "立愈青鸾小石头", category = "drug", span = "立愈青鸾" }]
lawful = [{ text = "请按说明书使用", category = "drug" }]
"""


@pytest.fixture(autouse=True)
def _rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule of its own beside the built-in ones, so that words are found whatever these say."""
    folder = tmp_path / "law" / "advertising" / "rules"
    folder.mkdir(parents=True)
    (folder / "local.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("ZHIXING_LAW_DIR", str(tmp_path / "law"))
    cache.clear()
    make_offices()


def test_a_citizen_sees_each_problem_in_place_with_a_lawful_way() -> None:
    """Marked, with article and remedy; no officer's page is named."""
    response = Client().post(reverse("portal:ad"), {"text": "本品立愈青鸾<b>小石头</b>"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="#problem-1">1</a></sup>立愈青鸾</mark>' in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "16(1)" in page
    assert "只写经批准的说明书内容。" in page
    assert "nav-bar" not in page


def test_nothing_of_the_text_is_kept() -> None:
    """No row, no entry in the book, no page that a proxy may keep; a number of the day alone."""
    entries = AuditEntry.objects.count()
    response = Client().post(reverse("portal:ad"), {"text": "本品立愈青鸾小石头"})
    assert not Ad.objects.exists()
    assert AuditEntry.objects.count() == entries
    assert "no-store" in response["Cache-Control"]
    assert DailyUse.objects.get().asked == 1
    today = timezone.localdate()
    officer = make_officer(make_offices().district, "officer")
    assert self_checks(officer, Period(today, today)).value == 1
    shown = Client().get(reverse("portal:ad-counts"))
    assert shown.status_code == 200
    assert "青鸾" not in shown.content.decode()


@pytest.mark.parametrize("given", [{}, {"text": " "}, {"text": "长" * 5001}, {"category": "x"}])
def test_what_cannot_be_checked_is_said_and_what_was_typed_stays(given: dict[str, str]) -> None:
    """With status 422, and it does not count as a use."""
    response = Client().post(reverse("portal:ad"), {"text": "一句话"} | given if given else {})
    assert response.status_code == 422
    assert not DailyUse.objects.exists()


def test_an_address_has_its_allowance(settings: Any) -> None:
    """Page and interface share it."""
    settings.PORTAL_ALLOWANCES = {"search": 1, "ad": 1, "report": 1}
    visitor = Client()
    assert visitor.post(reverse("portal:ad"), {"text": "一句话"}).status_code == 200
    assert visitor.post(reverse("portal:ad"), {"text": "一句话"}).status_code == 429
    refused = visitor.post(API, json.dumps({"text": "一句话"}), content_type="application/json")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert Allowance.objects.get(kind="ad").asked == 3


def test_programs_get_the_same_problems() -> None:
    """Places as code points, articles and remedy; too long a text is refused."""
    body = {"text": "😀本品立愈青鸾小石头", "category": "drug", "medium": "tv", "whole": False}
    answer = Client().post(API, json.dumps(body), content_type="application/json").json()
    (problem,) = [one for one in answer["problems"] if one["rule"] == "test-cure"]
    assert body["text"][problem["start"] : problem["end"]] == problem["words"] == "立愈青鸾"
    assert (problem["severity"], problem["remedy"]) == ("serious", "只写经批准的说明书内容。")
    assert answer["category"] == "drug"
    long = Client().post(API, json.dumps({"text": "长" * 5001}), content_type="application/json")
    assert long.status_code == 422


class Reader:
    """A program that finds the same line in every picture."""

    name = "test"

    def read(self, picture: Image.Image) -> list[Line]:
        return [Line("本品立愈青鸾小石头", Box(0, 0, picture.width, 20), 0.99)]


def poster(kind: str = "PNG") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (300, 60), "white").save(content, kind)
    return SimpleUploadedFile(f"poster.{kind.lower()}", content.getvalue())


def test_a_picture_is_read_checked_and_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """By page and by interface; no evidence file is made."""
    monkeypatch.setattr(pictures, "_reader", Reader)
    page = Client().post(reverse("portal:ad"), {"picture": poster()}).content.decode()
    assert "立愈青鸾</mark>" in page
    answer = Client().post(f"{API}-picture", {"picture": poster("JPEG"), "category": "drug"})
    assert answer.json()["text"] == "本品立愈青鸾小石头"
    assert [one["rule"] for one in answer.json()["problems"]] == ["test-cure"]
    assert not EvidenceFile.objects.exists()


def test_a_file_that_is_no_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that is too large, or any where nothing reads pictures; nothing breaks."""
    monkeypatch.setattr(pictures, "_reader", Reader)
    no_picture = SimpleUploadedFile("x.png", b"%PDF-1.4 no picture")
    assert Client().post(reverse("portal:ad"), {"picture": no_picture}).status_code == 422
    monkeypatch.setattr(pictures, "MAX_PIXELS", 100)
    refused = Client().post(f"{API}-picture", {"picture": poster()})
    assert refused.status_code == 422
    monkeypatch.setattr(pictures, "_reader", lambda: None)
    assert 'type="file"' not in Client().get(reverse("portal:ad")).content.decode()
    refused = Client().post(f"{API}-picture", {"picture": poster()})
    assert (refused.status_code, refused.json()["code"]) == (422, "picture.refused")
