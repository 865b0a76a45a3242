"""All addresses."""

from __future__ import annotations

from django.urls import include, path

from zhixing.kit.components import page as components
from zhixing.kit.searching.views import search
from zhixing.project.health import healthz

urlpatterns = [
    path("", include("zhixing.apps.leads.desk_urls")),
    path("", include("zhixing.apps.accounts.signin_urls")),
    path("search/", search, name="search"),
    path("leads/", include("zhixing.apps.leads.urls")),
    path("registry/", include("zhixing.apps.registry.urls")),
    path("brands/", include("zhixing.apps.brands.urls")),
    path("media/", include("zhixing.apps.media.urls")),
    path("adverts/", include("zhixing.apps.adverts.urls")),
    path("trademarks/", include("zhixing.apps.trademarks.urls")),
    path("chains/", include("zhixing.apps.chains.urls")),
    path("precedents/", include("zhixing.apps.precedents.urls")),
    path("marks/", include("zhixing.apps.clearance.urls")),
    path("protection/", include("zhixing.apps.protection.urls")),
    path("discipline/", include("zhixing.apps.discipline.urls")),
    path("campaigns/", include("zhixing.apps.campaigns.urls")),
    path("cases/", include("zhixing.apps.cases.urls")),
    path("programme/", include("zhixing.apps.programme.urls")),
    path("public/", include("zhixing.apps.portal.urls")),
    path("api/v1/", include(("zhixing.apps.portal.rest_urls", "rest"))),
    path("accounts/", include("zhixing.apps.accounts.urls")),
    path("audit/", include("zhixing.apps.audit.urls")),
    path("jobs/", include("zhixing.kit.jobs.urls")),
    path("imports/", include("zhixing.kit.exchange.urls")),
    path("papers/", include("zhixing.kit.papers.urls")),
    path("files/", include("zhixing.kit.files.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("_components/", components, name="kit-components"),
    path("healthz", healthz),
]
