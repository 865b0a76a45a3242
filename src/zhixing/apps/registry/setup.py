"""What the registry registers at start-up: navigation, search, the page's own sections."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry import history, page, selectors
from zhixing.apps.registry.finding import find_marks, find_subjects
from zhixing.apps.registry.models import Authorisation, Subject, TradeMark
from zhixing.apps.registry.sections import (
    MarkSection,
    SubjectSection,
    register_alerts,
    register_mark_section,
    register_section,
    register_timeline,
)
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem, register
from zhixing.kit.searching import register_search


def register_all() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.registry.importers")  # importers make themselves known
    register(
        NavItem(
            "subjects",
            _("Subjects"),
            "registry:subjects",
            order=30,
            permission="registry.view_subject",
            icon="building-store",
        )
    )
    for key, label, permission in (
        ("licences", _("Licences and filings"), "registry.view_licence"),
        ("marks", _("Trade marks"), "registry.view_trademark"),
        ("authorisations", _("Authorisations"), "registry.view_authorisation"),
    ):
        register(
            NavItem(
                key,
                label,
                f"registry:{key}",
                order=60,
                permission=permission,
                group="more",
                icon="certificate",
            )
        )
    register_search("subjects", _("Subjects"), find_subjects, order=10)
    register_search("marks", _("Trade marks"), find_marks, order=30)
    register_section(SubjectSection(50, "files", _("Files"), page.FILES, page.files))
    register_mark_section(
        MarkSection(5, "figure", _("Figure of the mark"), page.FIGURE, page.figure)
    )
    register_mark_section(
        MarkSection(10, "files", _("Pictures and papers"), page.FILES, page.files)
    )
    register_mark_section(
        MarkSection(
            20,
            "authorisations",
            _("Authorisations"),
            page.AUTHORISATIONS_TEMPLATE,
            page.authorisations,
        )
    )
    register_viewer(
        Subject,
        may_view=selectors.may_see,
        may_attach=lambda actor, subject: actor.has_perm("registry.change_subject", subject),
    )
    register_viewer(
        TradeMark,
        may_view=selectors.may_see,
        may_attach=lambda actor, mark: actor.has_perm("registry.change_trademark", mark),
    )
    register_section(
        SubjectSection(
            20, "licences", _("Licences"), "registry/sections/licences.html", page.licences
        )
    )
    register_section(
        SubjectSection(30, "marks", _("Marks"), "registry/sections/marks.html", page.marks)
    )
    register_viewer(
        Authorisation,
        may_view=selectors.may_see,
        may_attach=lambda actor, row: actor.has_perm("registry.change_authorisation", row),
    )
    register_section(
        SubjectSection(
            40,
            "authorisations",
            _("Authorisations"),
            page.AUTHORISATIONS_TEMPLATE,
            page.authorisations,
        )
    )
    register_section(
        SubjectSection(
            60, "people", _("People"), "registry/sections/people.html", page.people, True
        )
    )
    register_section(
        SubjectSection(
            70, "related", _("Relations"), "registry/sections/related.html", page.related, True
        )
    )
    register_alerts("registry", history.own_alerts)
    register_timeline("registration", _("Registration"), history.registration_events)
    register_timeline("licence", _("Licences"), history.licence_events)
    register_timeline("change", _("Changes"), history.change_events)
    name_deeds(history.DEED_NAMES)
