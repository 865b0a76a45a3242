"""Addresses of the search before filing."""

from django.urls import path

from zhixing.apps.clearance.registers import ReportRegister
from zhixing.apps.clearance.views import compare, search

app_name = "clearance"
urlpatterns = [
    path("", search.search_marks, name="search"),
    path("compare/", compare.compare, name="compare"),
    path("pictures/<int:pk>/", search.picture, name="picture"),
    *ReportRegister.urls(),
]
