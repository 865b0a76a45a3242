"""The interface for programs keeps to its own schema, whatever is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.apps.clearance import examples
from tests.apps.people import make_offices
from tests.engines.figures.logos import logo, png
from zhixing.apps.portal.rest import schema
from zhixing.cli.openapi import openapi
from zhixing.project.wsgi import application

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/marks/search"
PICTURE = "/api/v1/marks/search-picture"


@pytest.fixture(autouse=True)
def _generous(settings: Any) -> None:
    make_offices()
    settings.PORTAL_ALLOWANCES = {"search": 100_000, "ad": 100_000, "report": 100_000}
    settings.ALLOWED_HOSTS = ["*"]


def test_search_by_address_and_by_body_answer_alike() -> None:
    """The same lists with reasons, without anything that is not public."""
    for text in ("康帅傅", "康师付", "康师傅"):
        examples.mark(text, holder_name="欧阳小明")
    by_address = Client().get(SEARCH, {"text": "康师傅", "classes": [30], "groups": ["3003"]})
    body = {"text": "康师傅", "classes": [30], "groups": ["3003"]}
    by_body = Client().post(SEARCH, json.dumps(body), content_type="application/json")
    assert by_address.status_code == by_body.status_code == 200
    assert by_address.json() == by_body.json()
    found = {one["key"]: one["hits"] for one in by_body.json()["lists"]}
    assert [hit["text"] for hit in found["identical"]] == ["康师傅"]
    assert found["glyph"][0]["reasons"][0]["code"] == "shape"
    assert found["glyph"][0]["relation"] == "same_group"
    assert "欧阳小明" not in by_body.content.decode()
    assert "mark_id" not in by_body.content.decode()


def test_k_shortens_the_lists_and_says_how_many_are_left() -> None:
    """Every list has at most k marks."""
    for number in range(5):
        examples.mark(f"康师傅{number}号")
    (arranged,) = [
        one
        for one in Client().get(SEARCH, {"text": "康师傅", "k": 2}).json()["lists"]
        if one["key"] == "arrangement"
    ]
    assert (len(arranged["hits"]), arranged["more"]) == (2, 3)


def test_reasons_come_in_the_callers_language() -> None:
    """`Accept-Language` decides."""
    examples.mark("康帅傅")
    texts = {}
    for language in ("en", "zh-hans"):
        answer = Client().get(SEARCH, {"text": "康师傅"}, headers={"accept-language": language})
        (hit,) = next(one for one in answer.json()["lists"] if one["key"] == "glyph")["hits"]
        texts[language] = hit["reasons"][0]["text"]
    assert "looks like" in texts["en"]
    assert texts["en"] != texts["zh-hans"]


def test_refusals_have_one_shape(settings: Any) -> None:
    """Code, sentence, fields; and when to come again."""
    for asked in ({}, {"text": "康师傅", "classes": [46]}, {"text": "···"}):
        answer = Client().get(SEARCH, asked)
        assert answer.status_code == 422
        assert set(answer.json()) == {"code", "message", "fields"}
        assert answer.json()["fields"]
    settings.PORTAL_ALLOWANCES = {"search": 0, "report": 0}
    answer = Client().get(SEARCH, {"text": "康师傅"})
    assert (answer.status_code, answer.json()["code"]) == (429, "portal.too_many")
    assert 0 < int(answer["Retry-After"]) <= 3600


def test_a_picture_is_compared() -> None:
    """The figure is found among others; what is no picture is refused with its field."""
    mark = examples.pictured("海之韵", 5)
    examples.pictured("山之音", 6)
    upload = SimpleUploadedFile("a.png", png(logo(5)), "image/png")
    answer = Client().post(PICTURE, {"picture": upload, "text": "海之韵"})
    assert answer.status_code == 200, answer.content
    found = {one["key"]: [hit["number"] for hit in one["hits"]] for one in answer.json()["lists"]}
    assert found["figure"][0] == mark.registration_number
    assert found["identical"] == [mark.registration_number]
    broken = SimpleUploadedFile("a.png", b"no picture", "image/png")
    refused = Client().post(PICTURE, {"picture": broken})
    assert (refused.status_code, set(refused.json())) == (422, {"code", "message", "fields"})
    assert Client().post(PICTURE, {"text": "海之韵"}).status_code == 422


def test_two_names_are_compared() -> None:
    """Score, kind and reasons."""
    answer = Client().get("/api/v1/names/compare", {"a": "康师傅", "b": "康帅傅"})
    assert answer.status_code == 200
    assert (answer.json()["kind"], answer.json()["confusing"]) == ("shape", True)


def test_the_command_prints_the_document_that_is_served() -> None:
    """One OpenAPI 3.1 document, by address and by command; no page that loads scripts."""
    printed = json.loads(CliRunner().invoke(openapi).output)
    served = Client().get("/api/v1/openapi.json").json()
    assert printed == served == json.loads(json.dumps(schema()))
    assert served["openapi"].startswith("3.1")
    ads = {"/api/v1/ads/check", "/api/v1/ads/check-picture"}
    assert set(served["paths"]) == {
        SEARCH, PICTURE, "/api/v1/names/compare", "/api/v1/adverts/captures", *ads,
    }  # fmt: skip
    assert Client().get("/api/v1/docs").status_code == 404


_schema = schemathesis.openapi.from_dict(json.loads(json.dumps(schema())))
_schema.app = application


@pytest.mark.parametrize("path", [SEARCH, PICTURE, "/api/v1/names/compare"])
def test_every_request_the_schema_allows_is_answered_as_it_says(path: str) -> None:
    """Made-up requests, right and wrong ones, get answers that the schema describes."""
    # The end of a request closes its connection; here it is the one that holds the test's rows.
    request_finished.disconnect(close_old_connections)
    request_started.disconnect(close_old_connections)
    try:
        for operation in _schema.include(path=path).get_all_operations():
            _checked(operation.ok())()
    finally:
        request_finished.connect(close_old_connections)
        request_started.connect(close_old_connections)


def _checked(operation: Any) -> Any:
    from hypothesis import given

    @hypothesis_settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        # A text of signs alone fits the schema and is refused in words: 422, as documented.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    return check
