"""Addresses of the library of precedents."""

from django.urls import path

from zhixing.apps.precedents.registers import PrecedentRegister
from zhixing.apps.precedents.views import library

app_name = "precedents"
urlpatterns = [
    path("summary/", library.summary, name="summary"),
    path("review/", library.review, name="review"),
    path("from-lead/<int:pk>/", library.draft, name="draft"),
    path("library/<int:pk>/publish/", library.publish, name="publish"),
    path("library/<int:pk>/withdraw/", library.withdraw, name="withdraw"),
    *PrecedentRegister.urls(),
]
