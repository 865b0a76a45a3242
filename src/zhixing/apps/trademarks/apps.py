"""Trade marks: cultivation, services, reminders, licences, recommendations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrademarksConfig(AppConfig):
    name = "zhixing.apps.trademarks"
    label = "trademarks"
    verbose_name = _("Trade-mark services")

    def ready(self) -> None:
        from zhixing.apps.trademarks import registrations

        registrations.register()
