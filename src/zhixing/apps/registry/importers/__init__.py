"""How the registers are imported: operators, licences and filings, trade marks, authorisations."""

from zhixing.apps.registry.importers.authorisations import AuthorisationImporter
from zhixing.apps.registry.importers.licences import LicenceImporter
from zhixing.apps.registry.importers.marks import TradeMarkImporter
from zhixing.apps.registry.importers.subjects import SubjectImporter

__all__ = ["AuthorisationImporter", "LicenceImporter", "SubjectImporter", "TradeMarkImporter"]
