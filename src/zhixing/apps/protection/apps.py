"""Trade-mark protection: OEM orders, markets, infringement files, crime transfer, assistance."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "zhixing.apps.protection"
    label = "protection"
    verbose_name = _("Trade-mark protection")

    def ready(self) -> None:
        from zhixing.apps.protection import registrations

        registrations.register()
