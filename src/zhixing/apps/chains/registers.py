"""The registers of labels and of findings, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.chains import page
from zhixing.apps.chains.actions.keep_labels import create_label, update_label
from zhixing.apps.chains.filters import FindingFilters, LabelFilters
from zhixing.apps.chains.forms import LabelForm
from zhixing.apps.chains.importers import LabelImporter
from zhixing.apps.chains.models import ChainFinding, Label
from zhixing.apps.chains.names import KIND
from zhixing.apps.chains.selectors import findings_visible, labels_visible, parties_named
from zhixing.apps.registry.api import name_sections
from zhixing.kit.formats import percent
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.register.columns import Rows
from zhixing.kit.requests import OfficerRequest


def _whole(value: float) -> str:
    return percent(value, 0)


def _lenders(rows: Rows) -> Mapping[Any, Any]:
    return parties_named(rows, "licensor", "supervisor", "entrusting", "technical")  # type: ignore[arg-type]


def _makers(rows: Rows) -> Mapping[Any, Any]:
    return parties_named(rows, "manufacturer")  # type: ignore[arg-type]


class LabelRegister(Register):
    """Product labels seen or filed."""

    model = Label
    app_name, slug = "chains", "labels"
    label, label_one = _("Product labels"), _("Product label")
    permissions = Permissions(
        view="chains.view_label",
        add="chains.add_label",
        change="chains.change_label",
        export="chains.export_label",
    )
    selector = staticmethod(labels_visible)
    columns = (
        Column("title", _("Label"), link=True),
        Column("lenders", _("Licensor, supervisor"), resolve=_lenders),
        Column("makers", _("Manufacturer"), resolve=_makers),
        Column("seller_name", _("Seller")),
        Column("seen_on", _("Seen on"), sort="seen_on"),
        Column("score", _("Score"), sort="score", numeric=True, format=_whole),
        Column("is_confirmed", _("Roles confirmed")),
        OFFICE,
        Column("place", _("Place"), shown=False),
        Column("barcode", _("Bar code"), shown=False),
        Column("number", _("Label number"), shown=False),
        Column("mark", _("Mark in the register"), shown=False),
        Column("nice_classes", _("Nice classes"), shown=False),
        Column("note", _("Note"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "-seen_on"
    filterset = LabelFilters
    has_search = True
    search_hint = _("Words of the label, brand, seller or number")
    form = LabelForm
    create = staticmethod(create_label)
    update = staticmethod(update_label)
    importer = LabelImporter
    empty_hint = _(
        "No product label has been entered yet. Type one off a product, or import a list."
    )
    detail_template = "chains/label.html"
    facts = (
        Facts(
            _("Product label"),
            (
                Column("brand", _("Brand")),
                Column("product", _("Product")),
                Column("barcode", _("Bar code")),
                Column("mark", _("Mark in the register")),
                Column("seller_name", _("Seller")),
                Column("place", _("Place")),
                Column("seen_on", _("Seen on")),
                Column("nice_classes", _("Nice classes")),
                Column("number", _("Label number")),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(
                10, "roles", _("Parties on the label"), "chains/sections/roles.html", page.roles
            ),
            Section(
                20, "chain", _("Authorisation chain"), "chains/sections/chain.html", page.chain
            ),
            Section(
                30, "findings", _("Findings"), "chains/sections/findings.html", page.label_findings
            ),
            *name_sections(KIND),
            Section(40, "files", _("Photos and papers"), "chains/sections/files.html", page.files),
        )

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Label) -> Mapping[str, Any]:
        return {"may_confirm": request.user.has_perm("chains.confirm_label", obj)}


class FindingRegister(Register):
    """What the checks found about chains."""

    model = ChainFinding
    app_name, slug = "chains", "findings"
    label, label_one = _("Findings about chains"), _("Finding about a chain")
    permissions = Permissions(view="chains.view_chainfinding", export="chains.export_chainfinding")
    selector = staticmethod(findings_visible)
    columns = (
        Column("title", _("Finding"), accessor="__str__", link=True),
        Column("first_reason", _("Reason")),
        Column("probability", _("Probability"), sort="probability", numeric=True, format=_whole),
        Column("label_count", _("Labels"), numeric=True),
        Column("holds", _("Still holds")),
        Column("found_at", _("Found"), sort="found_at"),
        OFFICE,
        Column("kind", _("Kind"), shown=False),
        Column("seen_at", _("Last seen"), shown=False),
    )
    default_sort = "-probability"
    filterset = FindingFilters
    detail_template = "chains/finding.html"
    empty_hint = _("Nothing found yet. Enter product labels, or start a check of all chains.")
    facts = (
        Facts(
            _("Finding"),
            (
                Column("kind", _("Kind")),
                Column("probability", _("Probability"), format=_whole),
                Column("lender_name", _("Licensor")),
                Column("factory_name", _("Manufacturer")),
                Column("label_count", _("Labels")),
                Column("found_at", _("Found")),
                Column("seen_at", _("Last seen")),
                Column("gone_at", _("No longer holds since")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "reasons", _("Reasons"), "chains/sections/reasons.html", page.reasons),
            Section(
                20, "chain", _("Authorisation chain"), "chains/sections/chain.html",
                page.finding_chain,
            ),
        )  # fmt: skip
