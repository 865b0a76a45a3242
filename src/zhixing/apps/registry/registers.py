"""The registers, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry import page, sections
from zhixing.apps.registry.actions.keep_authorisations import (
    create_authorisation,
    update_authorisation,
)
from zhixing.apps.registry.actions.keep_licences import create_licence, update_licence
from zhixing.apps.registry.actions.keep_marks import create_mark, update_mark
from zhixing.apps.registry.actions.keep_subjects import create_subject, update_subject
from zhixing.apps.registry.filters import (
    AuthorisationFilters,
    LicenceFilters,
    SubjectFilters,
    TradeMarkFilters,
)
from zhixing.apps.registry.forms import (
    AuthorisationForm,
    LicenceForm,
    SubjectForm,
    TradeMarkForm,
)
from zhixing.apps.registry.importers import (
    AuthorisationImporter,
    LicenceImporter,
    SubjectImporter,
    TradeMarkImporter,
)
from zhixing.apps.registry.models import Authorisation, Licence, Subject, TradeMark
from zhixing.apps.registry.selectors import (
    authorisations_visible,
    licences_visible,
    marks_visible,
    subjects_found,
    subjects_visible,
)
from zhixing.engines.identifiers import normalise_code
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.requests import OfficerRequest

SUBJECT_TONES = {"active": "good", "suspended": "warn", "revoked": "bad", "deregistered": "neutral"}
LICENCE_TONES = {
    "valid": "good",
    "ran_out": "bad",
    "suspended": "warn",
    "revoked": "bad",
    "cancelled": "neutral",
}
AUTHORISATION_TONES = {
    "in_force": "good",
    "not_begun": "neutral",
    "ran_out": "bad",
    "ended": "neutral",
    "revoked": "bad",
}
MARK_TONES = {"registered": "good", "filed": "accent"}


class SubjectRegister(Register):
    """Operators under supervision."""

    model = Subject
    app_name, slug, prefix = "registry", "subjects", "subjects/"
    label, label_one = _("Subjects"), _("Subject")
    permissions = Permissions(
        view="registry.view_subject",
        add="registry.add_subject",
        change="registry.change_subject",
        bulk="registry.bulk_change_subject",
        export="registry.export_subject",
    )
    selector = staticmethod(subjects_visible)
    columns = (
        Column("name", _("Name"), sort="name", link=True),
        Column("uscc", _("Code"), sort="uscc"),
        Column("kind", _("Kind")),
        Column("status", _("Status"), badge=SUBJECT_TONES),
        OFFICE,
        Column("registered_on", _("Registered on"), sort="registered_on"),
        Column("renamed_on", _("Name changed on"), shown=False),
        Column("ended_on", _("Deregistered on"), shown=False),
        Column("trade_name", _("Trade name"), shown=False),
        Column("industry", _("Industry (GB/T 4754)"), shown=False),
        Column("region", _("Region"), shown=False),
        Column("address", _("Address"), shown=False),
        Column("legal_representative", _("Legal representative"), shown=False, personal="name"),
        Column("phone", _("Phone"), shown=False, personal="phone"),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "name"
    filterset = SubjectFilters
    has_search = True
    search_hint = _("Name, code or address")
    form = SubjectForm
    create = staticmethod(create_subject)
    update = staticmethod(update_subject)
    bulk_fields = ("status", "kind", "unit_path", "region")
    importer = SubjectImporter
    empty_hint = _("No subject of your offices is in the register yet. Import a list or enter one.")
    detail_template = "registry/subject.html"
    facts = (
        Facts(
            _("Registration"),
            (
                Column("uscc", _("Unified social credit code")),
                Column("kind", _("Kind")),
                Column("industry", _("Industry (GB/T 4754)")),
                Column("registered_on", _("Registered on")),
                Column("renamed_on", _("Name changed on")),
                Column("ended_on", _("Deregistered on")),
                Column("address", _("Address")),
                Column("region", _("Region")),
                OFFICE,
            ),
        ),
        Facts(
            _("Parts of the name"),
            (
                Column("division", _("Administrative division")),
                Column("trade_name", _("Trade name")),
                Column("industry_words", _("Industry words")),
                Column("form", _("Form of organisation")),
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return sections.sections()

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Subject) -> Mapping[str, Any]:
        return page.context(request.user, obj, request.GET.get("event", ""))


class LicenceRegister(Register):
    """Licences and filings."""

    model = Licence
    app_name, slug = "registry", "licences"
    label, label_one = _("Licences and filings"), _("Licence or filing")
    permissions = Permissions(
        view="registry.view_licence",
        add="registry.add_licence",
        change="registry.change_licence",
        bulk="registry.bulk_change_licence",
        export="registry.export_licence",
    )
    selector = staticmethod(licences_visible)
    columns = (
        Column("number", _("Number"), sort="number", link=True),
        Column("subject", _("Subject")),
        Column("kind", _("Kind")),
        Column("valid_to", _("Valid to"), sort="valid_to"),
        Column("status", _("Status"), accessor="standing", badge=LICENCE_TONES),
        OFFICE,
        Column("scope", _("Scope"), shown=False),
        Column("issued_by", _("Issued by"), shown=False),
        Column("valid_from", _("Valid from"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "valid_to"
    filterset = LicenceFilters
    has_search = True
    search_hint = _("Number, or name of the subject")
    form = LicenceForm
    create = staticmethod(create_licence)
    update = staticmethod(update_licence)
    bulk_fields = ("status", "issued_by")
    importer = LicenceImporter
    empty_hint = _("No licence of your offices is in the register yet. Import a list or enter one.")

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        by_number = Q(number__startswith=normalise_code(text))
        return rows.filter(by_number | Q(subject__in=subjects_found(text)))


class TradeMarkRegister(Register):
    """Trade marks worth looking after."""

    model = TradeMark
    app_name, slug = "registry", "marks"
    label, label_one = _("Trade marks"), _("Trade mark")
    permissions = Permissions(
        view="registry.view_trademark",
        add="registry.add_trademark",
        change="registry.change_trademark",
        bulk="registry.bulk_change_trademark",
        export="registry.export_trademark",
    )
    selector = staticmethod(marks_visible)
    columns = (
        Column("text", _("Mark"), sort="text", link=True),
        Column("registration_number", _("Registration number"), sort="registration_number"),
        Column("nice_classes", _("Nice classes")),
        Column("holder_name", _("Holder")),
        Column("protection", _("Protection"), accessor="protection_labels"),
        Column("status", _("Status"), badge=MARK_TONES),
        Column("expires_on", _("Expires on"), sort="expires_on"),
        Column("kind", _("Kind"), shown=False),
        Column("similar_groups", _("Similar groups"), shown=False),
        Column("holder_country", _("Country of the holder"), shown=False),
        Column("agent_name", _("Agent"), shown=False),
        Column("filed_on", _("Filed on"), shown=False),
        Column("registered_on", _("Registered on"), shown=False),
        OFFICE,
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "text"
    filterset = TradeMarkFilters
    has_search = True
    search_hint = _("Mark, number or holder")
    form = TradeMarkForm
    create = staticmethod(create_mark)
    update = staticmethod(update_mark)
    bulk_fields = ("status", "kind", "unit_path")
    importer = TradeMarkImporter
    empty_hint = _("No trade mark is in the register yet. Import a list or enter one.")

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return sections.mark_sections()


class AuthorisationRegister(Register):
    """Contracts that allow the use of a mark."""

    model = Authorisation
    app_name, slug = "registry", "authorisations"
    label, label_one = _("Authorisations"), _("Authorisation")
    permissions = Permissions(
        view="registry.view_authorisation",
        add="registry.add_authorisation",
        change="registry.change_authorisation",
        bulk="registry.bulk_change_authorisation",
        export="registry.export_authorisation",
    )
    selector = staticmethod(authorisations_visible)
    columns = (
        Column("mark_text", _("Mark in the contract"), sort="mark_text", link=True),
        Column("grantor_name", _("Who grants")),
        Column("grantee_name", _("Who is allowed")),
        Column("kind", _("Kind")),
        Column("ends_on", _("Last day"), sort="ends_on"),
        Column("status", _("Status"), accessor="standing", badge=AUTHORISATION_TONES),
        Column("filed_on", _("Filed on")),
        OFFICE,
        Column("contract_number", _("Contract number"), sort="contract_number", shown=False),
        Column("exclusivity", _("Exclusivity"), shown=False),
        Column("goods", _("Goods"), shown=False),
        Column("nice_classes", _("Nice classes"), shown=False),
        Column("territory", _("Territory"), shown=False),
        Column("export_only", _("For export only"), shown=False),
        Column("starts_on", _("First day"), shown=False),
        Column("filing_number", _("Filing number"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "ends_on"
    filterset = AuthorisationFilters
    has_search = True
    search_hint = _("Mark, party or contract number")
    form = AuthorisationForm
    create = staticmethod(create_authorisation)
    update = staticmethod(update_authorisation)
    bulk_fields = ("status", "unit_path")
    importer = AuthorisationImporter
    empty_hint = _("No contract on a mark is in the register yet. Import a list or enter one.")

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "files", _("Pictures and papers"), page.FILES, page.files),
            *sections.authorisation_sections(),
        )
