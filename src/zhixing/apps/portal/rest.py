"""The interface for programs: the public search and the comparison as JSON, with their schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, NinjaAPI, Query, Schema, UploadedFile
from ninja.errors import AuthenticationError, ValidationError

from zhixing import __version__
from zhixing.apps.adverts.api import router as adverts_router
from zhixing.apps.clearance.api import (
    MAX_BYTES,
    SHOWN,
    TEXT_LENGTH,
    NotReady,
    compare_names,
    make_query,
    search_published,
    sentence,
)
from zhixing.apps.discipline.api import PICTURE_BYTES as AD_PICTURE_BYTES
from zhixing.apps.discipline.api import TEXT_LENGTH as AD_LENGTH
from zhixing.apps.discipline.api import Checked, check_text, words_of
from zhixing.apps.portal.actions.count_request import TooMany, count_request, count_use
from zhixing.apps.portal.addresses import client_of
from zhixing.kit.errors import ProductError

rest = NinjaAPI(
    title="Zhixing 知行",
    version=__version__,
    description=(
        "Public search before filing, comparison of two names, and a check of advertisements "
        "against the rules of advertising law, whose text is not kept. Likeness is measured by a "
        "machine and is not a legal opinion. Only published marks of the bureau's register are "
        "searched; holders who are people are masked."
    ),
    urls_namespace="rest",
    docs_url=None,  # a documentation page would load scripts from elsewhere
    openapi_url="/openapi.json",
)

rest.add_router("/adverts", adverts_router)

Text = Annotated[str, Field(min_length=1, max_length=TEXT_LENGTH)]
AdMedium = Literal["", "web", "short_video", "newspaper", "tv", "radio", "image"]
NiceClass = Annotated[int, Field(ge=1, le=45)]
Group = Annotated[str, Field(pattern=r"^(0[1-9]|[1-3]\d|4[0-5])\d{2}$")]


class Goods(Schema):
    """What the mark is for, and how much of the answer is wanted."""

    classes: list[NiceClass] = Field([], max_length=45, description="Nice classes, 1 to 45.")
    groups: list[Group] = Field(
        [], max_length=100, description="Similar groups of four digits, such as 3003."
    )
    k: int = Field(SHOWN, ge=1, le=SHOWN, description="Marks in each list at most.")


class SearchQuery(Goods):
    """The mark somebody wants to file."""

    text: Text = Field(description="The words of the mark.")


class PictureQuery(Goods):
    """What goes with the picture somebody wants to file."""

    text: str = Field("", max_length=TEXT_LENGTH, description="The words of the mark, if any.")


class ReasonOut(Schema):
    """Why two names are alike."""

    code: str
    text: str
    value: float | None = None
    position: int = 0
    a: str = ""
    b: str = ""


class HitOut(Schema):
    """A mark that was found."""

    text: str
    number: str
    nice_classes: list[int]
    similar_groups: list[str]
    relation: str = Field(description="same_group, same_class, unknown or other")
    status: str
    lives: bool
    past_last_day: bool
    expires_on: str
    holder: str
    protection: list[str]
    kind: str
    score: float = Field(ge=0, le=1)
    reasons: list[ReasonOut]


class ListOut(Schema):
    """One list, as examiners keep them apart."""

    key: str = Field(description="identical, glyph, sound, meaning, arrangement or figure")
    hits: list[HitOut]
    more: int


class PeriodOut(Schema):
    """A period of the law in force on the day."""

    code: str
    title_zh: str
    title_en: str
    amount: int
    unit: str
    article: str
    valid_from: str
    verified: bool


class ResultOut(Schema):
    """What a search found."""

    asked_on: str
    methods: list[str]
    marks_compared: int
    lists: list[ListOut]
    advice: list[str]
    periods: list[PeriodOut]


class ComparisonOut(Schema):
    """Two names compared."""

    a: str
    b: str
    score: float
    probability: float
    confusing: bool
    kind: str
    method: str
    reasons: list[ReasonOut]


class ErrorOut(Schema):
    """Why a request was not answered."""

    code: str
    message: str
    fields: dict[str, list[str]] = {}


class AdGoods(Schema):
    """What is known of an advertisement besides its words."""

    category: str = Field("", max_length=30, description="Product category; empty: not told.")
    medium: AdMedium = Field("", description="Where it will appear; empty: anywhere.")
    whole: bool = Field(
        False, description="Whether this is all of it; only then missing statements are found."
    )


class AdIn(AdGoods):
    """An advertisement to be checked."""

    text: Annotated[str, Field(min_length=1, max_length=AD_LENGTH)]


class ProblemOut(Schema):
    """A probable breach; start and end are code points, null for a missing statement."""

    family: str
    title: str
    rule: str
    start: int | None = None
    end: int | None = None
    words: str
    severity: str = Field(description="ordinary or serious")
    probability: float
    disguise: str
    articles: list[str]
    reason: str
    remedy: str = Field(description="A lawful way to say it; empty where there is none.")


class AdCheckOut(Schema):
    """What the rules in force find."""

    checked_on: str
    rules_version: str
    category: str
    problems: list[ProblemOut]


class AdPictureOut(AdCheckOut):
    """What the rules find in the words of a picture."""

    text: str = Field(description="The words as read, in reading order.")


REFUSALS: dict[int, Any] = {422: ErrorOut, 429: ErrorOut, 503: ErrorOut}


@rest.get("/marks/search", response={200: ResultOut, **REFUSALS}, operation_id="searchMarks")
def search_marks(request: HttpRequest, asked: Query[SearchQuery]) -> Any:
    """Identical and similar marks, in lists by look, sound, meaning and order."""
    return _search(request, asked)


@rest.post("/marks/search", response={200: ResultOut, **REFUSALS}, operation_id="searchMarksByBody")
def search_marks_by_body(request: HttpRequest, asked: SearchQuery) -> Any:
    """The same search with the query as JSON."""
    return _search(request, asked)


@rest.post(
    "/marks/search-picture",
    response={200: ResultOut, **REFUSALS},
    operation_id="searchMarksByPicture",
)
def search_marks_by_picture(
    request: HttpRequest, picture: File[UploadedFile], asked: Form[PictureQuery]
) -> Any:
    """Marks whose figure is like a picture (PNG, JPEG, WebP, GIF or BMP, at most 10 MB).

    The picture is compared and not kept. With words, the lists of words are given too.
    """
    return _search(request, asked, picture.read(MAX_BYTES + 1))


@rest.get("/names/compare", response={200: ComparisonOut, **REFUSALS}, operation_id="compareNames")
def compare(request: HttpRequest, a: Query[Text], b: Query[Text]) -> Any:
    """How alike the name `b` is to the earlier mark or name `a`."""
    count_request(client_of(request), "search")
    found = compare_names(a, b)
    return {name: found[name] for name in ComparisonOut.model_fields} | {
        "reasons": [_reason(reason) for reason in found["reasons"]]
    }


@rest.post("/ads/check", response={200: AdCheckOut, **REFUSALS}, operation_id="checkAd")
def check_ad(request: HttpRequest, asked: AdIn) -> Any:
    """Problems of an advertisement, each with its article and a lawful way to say it.

    Nothing of the text is kept.
    """
    count_request(client_of(request), "ad")
    found = check_text(asked.text, asked.category, asked.medium, is_whole=asked.whole)
    count_use("ad")
    return _checked(found)


@rest.post(
    "/ads/check-picture",
    response={200: AdPictureOut, **REFUSALS},
    operation_id="checkAdByPicture",
)
def check_ad_by_picture(
    request: HttpRequest, picture: File[UploadedFile], asked: Form[AdGoods]
) -> Any:
    """Problems in the words of a picture (PNG, JPEG or WebP, at most 5 MB).

    The picture is read and not kept. Where no program reads pictures, the answer is 422.
    """
    count_request(client_of(request), "ad")
    text = words_of(picture.read(AD_PICTURE_BYTES + 1))[:AD_LENGTH]
    found = check_text(text, asked.category, asked.medium, is_whole=asked.whole)
    count_use("ad")
    return _checked(found) | {"text": text}


def _checked(found: Checked) -> dict[str, Any]:
    return {
        "checked_on": found.checked_on.isoformat(),
        "rules_version": found.rules_version,
        "category": found.category,
        "problems": [
            {name: getattr(problem, name) for name in ProblemOut.model_fields}
            for problem in found.problems
        ],
    }


def _search(request: HttpRequest, asked: SearchQuery | PictureQuery, picture: bytes = b"") -> Any:
    count_request(client_of(request), "search")
    query = make_query(asked.text, picture, asked.classes, asked.groups)
    result = search_published(query)
    lists = [
        {
            "key": found["key"],
            "hits": [
                hit | {"reasons": [_reason(reason) for reason in hit["reasons"]]}
                for hit in found["hits"][: asked.k]
            ],
            "more": found["more"] + max(0, len(found["hits"]) - asked.k),
        }
        for found in result["lists"]
        if found["key"] != "figure" or picture
    ]
    return result | {"lists": lists}


def _reason(reason: dict[str, Any]) -> dict[str, Any]:
    """The reason in the caller's language (Accept-Language), with what it rests on."""
    facts = {name: reason.get(name) or "" for name in ("a", "b")}
    return facts | {
        "code": reason["code"],
        "text": sentence(reason),
        "value": reason.get("value"),
        "position": reason.get("position") or 0,
    }


def _refusal(request: HttpRequest, status: int, **told: Any) -> HttpResponse:
    return rest.create_response(request, ErrorOut(**told).model_dump(), status=status)


@rest.exception_handler(ProductError)
def _on_refusal(request: HttpRequest, error: ProductError) -> HttpResponse:
    fields = getattr(error, "fields", {})
    response = _refusal(request, error.status, code=error.code, message=str(error), fields=fields)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


@rest.exception_handler(AuthenticationError)
def _on_no_key(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    message = "A key in force is needed: Authorization: Bearer KEY."
    response = _refusal(request, 401, code="key.missing", message=message)
    response["WWW-Authenticate"] = "Bearer"
    return response


@rest.exception_handler(NotReady)
def _on_not_ready(request: HttpRequest, error: NotReady) -> HttpResponse:
    response = _refusal(request, 503, code="index.not_ready", message="The index is being built.")
    response["Retry-After"] = "60"
    return response


@rest.exception_handler(ValidationError)
def _on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for problem in error.errors:
        fields.setdefault(str(problem["loc"][-1]), []).append(str(problem["msg"]))
    return _refusal(
        request, 422, code="input.invalid", message="The request cannot be used.", fields=fields
    )


def schema() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document: dict[str, Any] = rest.get_openapi_schema(path_prefix="/api/v1/")
    return document


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let visitors call the view without signing in."""
    view.login_required = False  # type: ignore[attr-defined]  # read by LoginRequiredMiddleware
    return view
