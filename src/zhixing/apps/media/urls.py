"""Addresses of media, rounds and monitored days."""

from django.urls import path

from zhixing.apps.media.registers import MediumDayRegister, MediumRegister, RoundRegister
from zhixing.apps.media.views import rounds

app_name = "media"
urlpatterns = [
    path("rounds/<int:pk>/start/", rounds.start, name="round-start"),
    path("rounds/<int:pk>/choose/", rounds.choose, name="round-choose"),
    path("rounds/<int:pk>/close/", rounds.close, name="round-close"),
    *RoundRegister.urls(),
    *MediumDayRegister.urls(),
    *MediumRegister.urls(),
]
