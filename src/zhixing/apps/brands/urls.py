"""Addresses of the brand guard."""

from django.urls import path

from zhixing.apps.brands.registers import HitRegister, SightingRegister, WatchedMarkRegister
from zhixing.apps.brands.views import checking, home, sweeps

app_name = "brands"
urlpatterns = [
    path("", home.home, name="home"),
    path("check/", checking.check, name="check"),
    path("check/verdict/", checking.verdict, name="verdict"),
    path("sweeps/", sweeps.sweeps, name="sweeps"),
    path("sweeps/start/", sweeps.start, name="start_sweep"),
    path("sweeps/schedule/", sweeps.schedule, name="schedule_sweeps"),
    path("sweeps/<int:pk>/", sweeps.sweep, name="sweep"),
    path("hits/<int:pk>/", home.hit, name="hit"),
    path("watch-list/take-over/", home.take_over, name="take_over"),
    *WatchedMarkRegister.urls(),
    *SightingRegister.urls(),
    *HitRegister.urls(),
]
