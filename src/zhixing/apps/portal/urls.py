"""Addresses of the public site."""

from django.urls import path

from zhixing.apps.portal.views import ads, pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("check/", pages.check, name="check"),
    path("compare/", pages.compare, name="compare"),
    path("ads/", ads.check, name="ad"),
    path("ads/counts/", ads.counts, name="ad-counts"),
    path("reports/<slug:token>/", pages.report, name="report"),
    path("pictures/<int:pk>/", pages.picture, name="picture"),
    path("language/", pages.language, name="language"),
]
