"""Addresses of the monitor of advertisements."""

from django.urls import path

from zhixing.apps.adverts.registers import (
    AdRegister,
    ApprovalRegister,
    CaptureRegister,
    PlacementRegister,
)
from zhixing.apps.adverts.views import capturing, desk, home, quality

app_name = "adverts"
urlpatterns = [
    path("", home.home, name="home"),
    path("schedule/", home.schedule, name="schedule"),
    path("capture/", capturing.capture, name="capture"),
    path("screen/", capturing.screen, name="screen"),
    path("folders/", capturing.folders, name="folders"),
    path("folders/look/", capturing.look, name="look"),
    path("folders/<int:pk>/switch/", capturing.switch, name="folder-switch"),
    path("keys/", capturing.keys, name="keys"),
    path("keys/<int:pk>/withdraw/", capturing.withdraw, name="key-withdraw"),
    path("desk/", desk.desk, name="desk"),
    path("ads/<int:pk>/read/", desk.read, name="read"),
    path("ads/<int:pk>/findings/", desk.add, name="finding-add"),
    path("ads/<int:pk>/findings/<int:finding>/remove/", desk.remove, name="finding-remove"),
    path("ads/<int:pk>/reopen/", desk.reopen, name="reopen"),
    path("quality/", quality.quality, name="quality"),
    *AdRegister.urls(),
    *PlacementRegister.urls(),
    *CaptureRegister.urls(),
    *ApprovalRegister.urls(),
]
