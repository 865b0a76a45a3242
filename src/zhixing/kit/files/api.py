"""What apps use of evidence: attach a file to an object, list its files, check the store."""

from zhixing.kit.files.access import files_of, links_of, may_attach, may_read, register_viewer
from zhixing.kit.files.actions import attach
from zhixing.kit.files.checking import StoreVerdict, broken_files, verify
from zhixing.kit.files.models import EvidenceFile, EvidenceLink

__all__ = [
    "EvidenceFile",
    "EvidenceLink",
    "StoreVerdict",
    "attach",
    "broken_files",
    "files_of",
    "links_of",
    "may_attach",
    "may_read",
    "register_viewer",
    "verify",
]
