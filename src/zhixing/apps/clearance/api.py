"""What other apps may use of the search before filing."""

from zhixing.apps.clearance.actions.make_report import make_public_report, make_report
from zhixing.apps.clearance.comparing import compare_names
from zhixing.apps.clearance.forms import SearchForm
from zhixing.apps.clearance.indexing import NotReady
from zhixing.apps.clearance.lists import SHOWN
from zhixing.apps.clearance.models import SearchReport
from zhixing.apps.clearance.pictures import thumbnail_response
from zhixing.apps.clearance.presenting import present
from zhixing.apps.clearance.query import TEXT_LENGTH, Query, make_query
from zhixing.apps.clearance.reasons import sentence
from zhixing.apps.clearance.searching import digest, search, search_published
from zhixing.apps.clearance.selectors import pictured_marks_published, public_reports
from zhixing.apps.clearance.views.compare import comparison
from zhixing.engines.figures import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "SHOWN",
    "TEXT_LENGTH",
    "NotReady",
    "Query",
    "SearchForm",
    "SearchReport",
    "compare_names",
    "comparison",
    "digest",
    "make_public_report",
    "make_query",
    "make_report",
    "pictured_marks_published",
    "present",
    "public_reports",
    "search",
    "search_published",
    "sentence",
    "thumbnail_response",
]
