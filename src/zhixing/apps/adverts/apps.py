"""Monitor of advertisements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvertsConfig(AppConfig):
    name = "zhixing.apps.adverts"
    label = "adverts"
    verbose_name = _("Advertisements")

    def ready(self) -> None:
        from zhixing.apps.adverts import registrations

        registrations.register()
