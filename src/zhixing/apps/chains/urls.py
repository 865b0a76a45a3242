"""Addresses of labels and chains."""

from django.urls import path

from zhixing.apps.chains.registers import FindingRegister, LabelRegister
from zhixing.apps.chains.views import chains, contracts, roles

app_name = "chains"
urlpatterns = [
    path("", chains.overview, name="overview"),
    path("chain/", chains.chain, name="chain"),
    path("check/", chains.start, name="check"),
    path("contract/", contracts.read, name="contract"),
    path("labels/<int:pk>/roles/", roles.correct, name="roles"),
    *LabelRegister.urls(),
    *FindingRegister.urls(),
]
