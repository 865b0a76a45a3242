"""The public site and its interface for programs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "zhixing.apps.portal"
    label = "portal"
    verbose_name = _("Public site")

    def ready(self) -> None:
        from zhixing.apps.portal import indicators

        indicators.register()
