"""Reading words out of the files that advertisements come in."""

from zhixing.apps.adverts.sources.documents import docx_text
from zhixing.apps.adverts.sources.pages import WebPage, read_page
from zhixing.apps.adverts.sources.texts import Unreadable, decoded
from zhixing.apps.adverts.sources.warcs import Snapshot, snapshots

__all__ = [
    "Snapshot",
    "Unreadable",
    "WebPage",
    "decoded",
    "docx_text",
    "read_page",
    "snapshots",
]
