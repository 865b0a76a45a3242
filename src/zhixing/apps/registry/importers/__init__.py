"""How the registers are imported: operators, licences and filings, trade marks."""

from zhixing.apps.registry.importers.licences import LicenceImporter
from zhixing.apps.registry.importers.marks import TradeMarkImporter
from zhixing.apps.registry.importers.subjects import SubjectImporter

__all__ = ["LicenceImporter", "SubjectImporter", "TradeMarkImporter"]
