"""Addresses of the campaigns."""

from django.urls import path

from zhixing.apps.campaigns.registers import CampaignRegister
from zhixing.apps.campaigns.views import campaign

app_name = "campaigns"
urlpatterns = [
    path("<int:pk>/targets/", campaign.targets, name="targets"),
    path("<int:pk>/start/", campaign.start, name="start"),
    path("<int:pk>/close/", campaign.close, name="close"),
    path("<int:pk>/report/", campaign.report, name="report"),
    *CampaignRegister.urls(),
]
