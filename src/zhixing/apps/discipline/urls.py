"""Addresses of ad discipline."""

from django.urls import path

from zhixing.apps.discipline.registers import (
    BulletinRegister,
    CallRegister,
    DispatchRegister,
    SanctionRegister,
    TrainingRegister,
)
from zhixing.apps.discipline.views import dispatches, home

app_name = "discipline"
urlpatterns = [
    path("", home.home, name="home"),
    path("propose/", home.propose, name="propose"),
    path("sanctions/own/", home.own_proposal, name="own-proposal"),
    path("calls/update/", home.list_for_training, name="calls-update"),
    path("dispatches/send/<int:ad_pk>/", dispatches.send, name="dispatch-send"),
    *SanctionRegister.urls(),
    *DispatchRegister.urls(),
    *BulletinRegister.urls(),
    *TrainingRegister.urls(),
    *CallRegister.urls(),
]
