"""Lists that go into the registers of trade-mark protection."""

from zhixing.apps.protection.importers.markets import MarketImporter
from zhixing.apps.protection.importers.oem import OemEnterpriseImporter, OemOrderImporter

__all__ = ["MarketImporter", "OemEnterpriseImporter", "OemOrderImporter"]
