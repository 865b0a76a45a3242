"""What earlier cases teach: the library of precedents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrecedentsConfig(AppConfig):
    name = "zhixing.apps.precedents"
    label = "precedents"
    verbose_name = _("Precedents")

    def ready(self) -> None:
        from zhixing.apps.precedents import registrations

        registrations.register()
