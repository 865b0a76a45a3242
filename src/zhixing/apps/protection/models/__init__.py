"""Trade-mark protection: markets, OEM orders, files of infringements, transfers, assistance."""

from zhixing.apps.protection.models.assistance import AssistanceRequest
from zhixing.apps.protection.models.infringement import FileFact, InfringementFile
from zhixing.apps.protection.models.market import (
    Market,
    MarkInspection,
    StallLine,
    StallVisit,
)
from zhixing.apps.protection.models.oem import OemEnterprise, OemOrder
from zhixing.apps.protection.models.transfer import CrimeTransfer

__all__ = [
    "AssistanceRequest",
    "CrimeTransfer",
    "FileFact",
    "InfringementFile",
    "MarkInspection",
    "Market",
    "OemEnterprise",
    "OemOrder",
    "StallLine",
    "StallVisit",
]
