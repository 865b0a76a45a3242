"""Addresses of the brand guard."""

from django.urls import path

from zhixing.apps.brands.registers import WatchedMarkRegister
from zhixing.apps.brands.views import sweeps

app_name = "brands"
urlpatterns = [
    path("sweeps/", sweeps.sweeps, name="sweeps"),
    path("sweeps/start/", sweeps.start, name="start_sweep"),
    path("sweeps/<int:pk>/", sweeps.sweep, name="sweep"),
    *WatchedMarkRegister.urls(),
]
