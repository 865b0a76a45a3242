"""What other apps may use of the registry."""

from zhixing.apps.registry.actions.keep_authorisations import (
    create_authorisation,
    update_authorisation,
)
from zhixing.apps.registry.actions.keep_licences import create_licence, update_licence
from zhixing.apps.registry.actions.keep_marks import create_mark, update_mark
from zhixing.apps.registry.actions.keep_subjects import add_person, create_subject, update_subject
from zhixing.apps.registry.actions.set_figure import set_figure
from zhixing.apps.registry.checks import clean_nice_classes, clean_similar_groups
from zhixing.apps.registry.filters import DayFilter, OfficeFilter, OfficesFilter
from zhixing.apps.registry.forms import (
    DateField,
    ListField,
    MarkField,
    OfficeField,
    PlacedForm,
    SubjectField,
)
from zhixing.apps.registry.importers.columns import Unusable, code_text, each, uscc_column
from zhixing.apps.registry.importers.marks import read_nice_classes, read_similar_groups
from zhixing.apps.registry.importers.placed import OFFICE as OFFICE_COLUMN
from zhixing.apps.registry.importers.placed import (
    PlacedImporter,
    office_of_subjects,
    resolve_subjects,
)
from zhixing.apps.registry.models import (
    Authorisation,
    FormerName,
    Licence,
    Subject,
    SubjectPerson,
    TradeMark,
)
from zhixing.apps.registry.name_sources import (
    Entered,
    NamedParty,
    NameSource,
    SeenText,
    name_sections,
    name_source,
    name_sources,
    register_name_section,
    register_name_source,
)
from zhixing.apps.registry.naming import name_columns
from zhixing.apps.registry.pictures import describe_file, describe_picture, picture_bytes
from zhixing.apps.registry.sections import (
    Alert,
    MarkSection,
    SubjectSection,
    TimelineEvent,
    register_alerts,
    register_authorisation_section,
    register_mark_section,
    register_section,
    register_timeline,
)
from zhixing.apps.registry.selectors import (
    authorisations_visible,
    licences_visible,
    marks_published,
    marks_searchable,
    marks_visible,
    subjects_found,
    subjects_visible,
)
from zhixing.apps.registry.side_by_side import side_by_side

__all__ = [
    "OFFICE_COLUMN",
    "Alert",
    "Authorisation",
    "DateField",
    "DayFilter",
    "Entered",
    "FormerName",
    "Licence",
    "ListField",
    "MarkField",
    "MarkSection",
    "NameSource",
    "NamedParty",
    "OfficeField",
    "OfficeFilter",
    "OfficesFilter",
    "PlacedForm",
    "PlacedImporter",
    "SeenText",
    "Subject",
    "SubjectField",
    "SubjectPerson",
    "SubjectSection",
    "TimelineEvent",
    "TradeMark",
    "Unusable",
    "add_person",
    "authorisations_visible",
    "clean_nice_classes",
    "clean_similar_groups",
    "code_text",
    "create_authorisation",
    "create_licence",
    "create_mark",
    "create_subject",
    "describe_file",
    "describe_picture",
    "each",
    "licences_visible",
    "marks_published",
    "marks_searchable",
    "marks_visible",
    "name_columns",
    "name_sections",
    "name_source",
    "name_sources",
    "office_of_subjects",
    "picture_bytes",
    "read_nice_classes",
    "read_similar_groups",
    "register_alerts",
    "register_authorisation_section",
    "register_mark_section",
    "register_name_section",
    "register_name_source",
    "register_section",
    "register_timeline",
    "resolve_subjects",
    "set_figure",
    "side_by_side",
    "subjects_found",
    "subjects_visible",
    "update_authorisation",
    "update_licence",
    "update_mark",
    "update_subject",
    "uscc_column",
]
