"""Special campaigns: who, what, when, how far."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "zhixing.apps.campaigns"
    label = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        from zhixing.apps.campaigns import registrations

        registrations.register()
