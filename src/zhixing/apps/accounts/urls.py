"""Addresses of offices and officers."""

from django.urls import path

from zhixing.apps.accounts.registers import OfficerRegister
from zhixing.apps.accounts.views import officers, offices

app_name = "accounts"
urlpatterns = [
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.open_one, name="open-office"),
    path("offices/<int:pk>/close/", offices.close_one, name="close-office"),
    path("officers/<int:pk>/", officers.officer, name="officer"),
    path("officers/<int:pk>/roles/", officers.assign, name="assign-role"),
    path("officers/<int:pk>/roles/<int:role_pk>/end/", officers.end, name="end-role"),
    path("officers/<int:pk>/lock/", officers.lock, name="lock-officer"),
    path("officers/<int:pk>/sign-in-lock/", officers.lift, name="lift-sign-in-lock"),
    *OfficerRegister.urls(),
]
