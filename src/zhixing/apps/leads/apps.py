"""What is suspected: one inbox of leads."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    name = "zhixing.apps.leads"
    label = "leads"
    verbose_name = _("Leads")

    def ready(self) -> None:
        from zhixing.apps.leads import registrations

        registrations.register()
