"""Monitor of look-alike names."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandsConfig(AppConfig):
    name = "zhixing.apps.brands"
    label = "brands"
    verbose_name = _("Brand guard")

    def ready(self) -> None:
        from zhixing.apps.brands import registrations

        registrations.register()
