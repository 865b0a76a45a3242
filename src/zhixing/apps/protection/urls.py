"""Addresses of trade-mark protection."""

from django.urls import URLPattern, path

from zhixing.apps.protection.market_registers import InspectionRegister, MarketRegister
from zhixing.apps.protection.oem_registers import OemEnterpriseRegister, OemOrderRegister
from zhixing.apps.protection.registers import (
    AssistanceRegister,
    FileRegister,
    StepRegister,
    TransferRegister,
)
from zhixing.apps.protection.views import files, letters, overview, stalls
from zhixing.apps.protection.views.steps import take_step

app_name = "protection"


def steps_of(register: type[StepRegister]) -> URLPattern:
    """The address of the steps of a register."""
    kept = {"register": register, "steps": register.steps}
    route = f"{register.slug}/<int:pk>/step/<slug:code>/"
    return path(route, take_step, kept, name=f"{register.slug}-step")


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
    *(steps_of(register) for register in REGISTERS if register.steps),
    *(pattern for register in REGISTERS for pattern in register.urls()),
]
