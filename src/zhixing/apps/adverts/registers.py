"""The registers of advertisements, placements, captures and approvals, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts import page
from zhixing.apps.adverts.actions.keep_ads import update_ad
from zhixing.apps.adverts.actions.keep_approvals import create_approval, update_approval
from zhixing.apps.adverts.categories import category_label
from zhixing.apps.adverts.filters import (
    AdFilters,
    ApprovalFilters,
    CaptureFilters,
    PlacementFilters,
)
from zhixing.apps.adverts.forms import AdForm, ApprovalForm
from zhixing.apps.adverts.importers import ApprovalImporter, PlacementImporter
from zhixing.apps.adverts.models import Ad, Approval, Capture, Placement
from zhixing.apps.adverts.sections import ad_sections
from zhixing.apps.adverts.selectors import (
    ads_visible,
    approvals_visible,
    captures_visible,
    placements_visible,
)
from zhixing.kit.formats import percent
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.register.columns import Rows
from zhixing.kit.requests import OfficerRequest

APPROVAL_TONES = {"valid": "good", "withdrawn": "bad", "cancelled": "neutral"}


def _whole(value: float) -> str:
    return percent(value, 0)


def _categories(rows: Rows) -> Mapping[Any, Any]:
    return {row.pk: category_label(row.kind_of_product) for row in rows}  # type: ignore[attr-defined]


class AdRegister(Register):
    """Advertisements as captured."""

    model = Ad
    app_name, slug = "adverts", "ads"
    label, label_one = _("Advertisements"), _("Advertisement")
    permissions = Permissions(
        view="adverts.view_ad", change="adverts.change_ad", export="adverts.export_ad"
    )
    selector = staticmethod(ads_visible)
    columns = (
        Column("title", _("Advertisement"), accessor="__str__", link=True),
        Column("category", _("Product category"), resolve=_categories),
        Column("advertiser_name", _("Advertiser")),
        Column("score", _("Probability"), sort="score", numeric=True, format=_whole),
        Column("verdict", _("Verdict")),
        Column("reading", _("Reading")),
        Column("placement_count", _("Placements"), sort="placement_count", numeric=True),
        Column("last_seen", _("Last seen"), sort="last_seen"),
        OFFICE,
        Column("product", _("Product"), shown=False),
        Column("agent_name", _("Agent"), shown=False),
        Column("endorser", _("Endorser"), shown=False),
        Column("approval_number", _("Approval number shown"), shown=False),
        Column("first_seen", _("First seen"), shown=False),
        Column("screened_version", _("Version of the rules"), shown=False),
        Column("same_as", _("Variant of"), shown=False),
        Column("text", _("Text"), shown=False),
        Column("created", _("Entered"), sort="created", shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "-score"
    filterset = AdFilters
    has_search = True
    search_hint = _("Words, product, advertiser or approval number")
    form = AdForm
    update = staticmethod(update_ad)
    empty_hint = _(
        "No advertisement has been captured yet. Paste one, upload a file, or import a log."
    )
    detail_template = "adverts/ad.html"
    facts = (
        Facts(
            _("Advertisement"),
            (
                Column("category", _("Product category"), resolve=_categories),
                Column("product", _("Product")),
                Column("advertiser_name", _("Advertiser")),
                Column("agent_name", _("Agent")),
                Column("endorser", _("Endorser")),
                Column("approval_number", _("Approval number shown")),
                Column("is_whole", _("Whole advertisement")),
                Column("first_seen", _("First seen")),
                Column("last_seen", _("Last seen")),
                Column("verdict", _("Verdict")),
                Column("reading", _("Reading")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        part = "adverts/sections/"
        return (
            Section(10, "words", _("Words and findings"), f"{part}words.html", page.words),
            Section(20, "placements", _("Placements"), f"{part}placements.html", page.placements),
            Section(30, "variants", _("Variants"), f"{part}variants.html", page.variants),
            Section(40, "approval", _("Approval"), f"{part}approval.html", page.approval),
            Section(50, "evidence", _("Evidence"), f"{part}evidence.html", page.evidence),
            *ad_sections(),
        )

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Ad) -> Mapping[str, Any]:
        return {"may_read": request.user.has_perm("adverts.review_ad", obj)}


class PlacementRegister(Register):
    """Where advertisements appeared."""

    model = Placement
    app_name, slug = "adverts", "placements"
    label, label_one = _("Placements"), _("Placement")
    permissions = Permissions(view="adverts.view_placement", export="adverts.export_placement")
    selector = staticmethod(placements_visible)
    detail = False
    columns = (
        Column("title", _("Medium and day"), accessor="__str__", link=True),
        Column("shown_at", _("Time")),
        Column("ad", _("Advertisement")),
        Column("shown_on", _("Day"), sort="shown_on", shown=False),
        Column("design", _("Selection")),
        Column("seconds", _("Seconds"), numeric=True),
        Column("area_cm2", _("Area, cm²"), numeric=True),
        Column("page", _("Page")),
        Column("programme", _("Programme or column")),
        OFFICE,
        Column("verdict", _("Verdict"), accessor="ad.verdict", shown=False),
        Column("url", _("Address"), shown=False),
        Column("capture", _("Capture"), shown=False),
    )
    default_sort = "-shown_on"
    filterset = PlacementFilters
    importer = PlacementImporter
    empty_hint = _("No placement yet. Import a broadcast log, or capture an advertisement.")


class CaptureRegister(Register):
    """How advertisements came in, with the evidence kept."""

    model = Capture
    app_name, slug = "adverts", "captures"
    label, label_one = _("Captures"), _("Capture")
    permissions = Permissions(view="adverts.view_capture")
    selector = staticmethod(captures_visible)
    columns = (
        Column("name", _("Capture"), accessor="__str__", link=True),
        Column("source", _("How")),
        Column("captured_at", _("Captured"), sort="captured_at"),
        Column("captured_by", _("Officer")),
        Column("texts", _("Texts"), numeric=True),
        Column("new_ads", _("New advertisements"), numeric=True),
        Column("new_placements", _("New placements"), numeric=True),
        OFFICE,
        Column("sm3", _("SM3"), shown=False),
        Column("origin", _("Where it comes from"), shown=False),
    )
    default_sort = "-captured_at"
    filterset = CaptureFilters
    empty_hint = _("Nothing has been captured yet. Paste an advertisement or upload a file.")
    facts = (
        Facts(
            _("Capture"),
            (
                Column("source", _("How")),
                Column("origin", _("Where it comes from")),
                Column("captured_at", _("Captured")),
                Column("captured_by", _("Officer")),
                Column("sm3", _("SM3")),
                Column("texts", _("Texts")),
                Column("new_ads", _("New advertisements")),
                Column("new_placements", _("New placements")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        part = "adverts/sections/"
        return (
            Section(10, "ads", _("Advertisements"), f"{part}captured.html", page.captured),
            Section(20, "rejects", _("Not usable"), f"{part}rejects.html", page.rejects),
            Section(30, "files", _("Evidence"), f"{part}files.html", page.files),
        )


class ApprovalRegister(Register):
    """Advertising approvals with their terms."""

    model = Approval
    app_name, slug = "adverts", "approvals"
    label, label_one = _("Advertising approvals"), _("Advertising approval")
    permissions = Permissions(
        view="adverts.view_approval",
        add="adverts.add_approval",
        change="adverts.change_approval",
        export="adverts.export_approval",
    )
    selector = staticmethod(approvals_visible)
    columns = (
        Column("number", _("Approval number"), link=True),
        Column("kind", _("Kind of product")),
        Column("product", _("Product")),
        Column("applicant_name", _("Applicant")),
        Column("valid_from", _("Valid from")),
        Column("valid_to", _("Valid to"), sort="valid_to"),
        Column("status", _("Status"), badge=APPROVAL_TONES),
        OFFICE,
        Column("licence_number", _("Registration number of the product"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "-valid_to"
    filterset = ApprovalFilters
    has_search = True
    search_hint = _("Number, product or applicant")
    form = ApprovalForm
    create = staticmethod(create_approval)
    update = staticmethod(update_approval)
    importer = ApprovalImporter
    empty_hint = _(
        "No approval is in the register yet. Import the list of the province; numbers shown in "
        "advertisements are checked against it."
    )
    facts = (
        Facts(
            _("Advertising approval"),
            (
                Column("kind", _("Kind of product")),
                Column("product", _("Product")),
                Column("licence_number", _("Registration number of the product")),
                Column("applicant_name", _("Applicant")),
                Column("valid_from", _("Valid from")),
                Column("valid_to", _("Valid to")),
                Column("status", _("Status"), badge=APPROVAL_TONES),
                Column("content", _("Text as approved")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(
                10, "ads", _("Advertisements with this number"), "adverts/sections/captured.html",
                page.ads_of_approval,
            ),
        )  # fmt: skip
