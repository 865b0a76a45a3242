"""Addresses of the trade-mark services."""

from django.urls import path

from zhixing.apps.trademarks.dossier_register import DossierRegister
from zhixing.apps.trademarks.mark_registers import REGISTERS
from zhixing.apps.trademarks.registers import (
    CultivationRegister,
    HelpRegister,
    OfficeTargetRegister,
    ReminderRegister,
)
from zhixing.apps.trademarks.views import (
    cultivations,
    dossiers,
    home,
    licences,
    personal,
    reminders,
)

app_name = "trademarks"
urlpatterns = [
    path("", home.home, name="home"),
    path("board/", cultivations.board, name="board"),
    path("scorecard/", cultivations.scorecard, name="scorecard"),
    path("cultivations/<int:pk>/step/<slug:target>/", cultivations.step, name="step"),
    path("cultivations/<int:pk>/step-back/", cultivations.step_back, name="step_back"),
    path("cultivations/<int:pk>/assign/", cultivations.assign, name="assign"),
    path("cultivations/<int:pk>/show/<slug:field>/", personal.show_contact, name="reveal"),
    path("reminders/overview/", reminders.overview, name="reminder_overview"),
    path("reminders/find/", reminders.find, name="find_reminders"),
    path("reminders/daily/", reminders.daily, name="daily_reminders"),
    path("reminders/<int:pk>/", reminders.reminder, name="reminder"),
    path("marks/<int:pk>/dates/", reminders.dates, name="dates"),
    path("marks/<int:pk>/use/", reminders.use, name="use"),
    path("marks/<int:pk>/renewal/", reminders.renewal, name="renewal"),
    path("licences/<int:pk>/", licences.licence, name="licence"),
    path("dossiers/<int:pk>/cover/", dossiers.cover, name="dossier_cover"),
    path("dossiers/<int:pk>/step/<slug:target>/", dossiers.step, name="dossier_step"),
    path("dossiers/<int:pk>/criteria/<slug:code>/", dossiers.criterion, name="criterion"),
    *DossierRegister.urls(),
    *CultivationRegister.urls(),
    *HelpRegister.urls(),
    *OfficeTargetRegister.urls(),
    *ReminderRegister.urls(),
    *(url for register in REGISTERS for url in register.urls()),
]
