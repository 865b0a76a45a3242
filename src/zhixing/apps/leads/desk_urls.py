"""The desk stands at the root of the site."""

from django.urls import path
from django.views.generic import RedirectView

from zhixing.apps.leads.views.desk import desk

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk")),
    path("desk/", desk, name="desk"),
]
