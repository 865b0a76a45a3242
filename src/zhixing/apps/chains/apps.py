"""Monitor of authorisation chains."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChainsConfig(AppConfig):
    name = "zhixing.apps.chains"
    label = "chains"
    verbose_name = _("Authorisation chains")

    def ready(self) -> None:
        from zhixing.apps.chains import registrations

        registrations.register()
