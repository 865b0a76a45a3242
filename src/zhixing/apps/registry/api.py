"""What other apps may use of the registry."""

from zhixing.apps.registry.actions.keep_authorisations import (
    create_authorisation,
    update_authorisation,
)
from zhixing.apps.registry.actions.keep_licences import create_licence, update_licence
from zhixing.apps.registry.actions.keep_marks import create_mark, update_mark
from zhixing.apps.registry.actions.keep_subjects import add_person, create_subject, update_subject
from zhixing.apps.registry.filters import OfficeFilter
from zhixing.apps.registry.models import Authorisation, Licence, Subject, SubjectPerson, TradeMark
from zhixing.apps.registry.naming import name_columns
from zhixing.apps.registry.sections import (
    Alert,
    SubjectSection,
    TimelineEvent,
    register_alerts,
    register_section,
    register_timeline,
)
from zhixing.apps.registry.selectors import (
    authorisations_visible,
    licences_visible,
    marks_visible,
    names_after,
    subjects_found,
    subjects_visible,
)

__all__ = [
    "Alert",
    "Authorisation",
    "Licence",
    "OfficeFilter",
    "Subject",
    "SubjectPerson",
    "SubjectSection",
    "TimelineEvent",
    "TradeMark",
    "add_person",
    "authorisations_visible",
    "create_authorisation",
    "create_licence",
    "create_mark",
    "create_subject",
    "licences_visible",
    "marks_visible",
    "name_columns",
    "names_after",
    "register_alerts",
    "register_section",
    "register_timeline",
    "subjects_found",
    "subjects_visible",
    "update_authorisation",
    "update_licence",
    "update_mark",
    "update_subject",
]
