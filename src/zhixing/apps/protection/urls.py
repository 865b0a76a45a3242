"""Addresses of trade-mark protection."""

from django.urls import path

from zhixing.apps.protection.market_registers import InspectionRegister, MarketRegister
from zhixing.apps.protection.oem_registers import OemEnterpriseRegister, OemOrderRegister
from zhixing.apps.protection.registers import (
    AssistanceRegister,
    FileRegister,
    TransferRegister,
)
from zhixing.apps.protection.views import files, letters, overview, stalls
from zhixing.kit.register.steps import StepRegister

app_name = "protection"


REGISTERS: tuple[type[StepRegister], ...] = (
    FileRegister,
    TransferRegister,
    AssistanceRegister,
    OemEnterpriseRegister,
    OemOrderRegister,
    MarketRegister,
    InspectionRegister,
)
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("files/from-lead/<int:lead_pk>/", files.open_from_lead, name="files-open"),
    path("files/facts/<int:pk>/withdraw/", files.withdraw, name="fact-withdraw"),
    path("assistance/<int:pk>/letter/", letters.letter, name="assistance-letter"),
    path("inspections/<int:pk>/stalls/new/", stalls.new_stall, name="stall-new"),
    path("stalls/<int:pk>/", stalls.stall, name="stall"),
    *(pattern for register in REGISTERS for pattern in register.urls()),
]
