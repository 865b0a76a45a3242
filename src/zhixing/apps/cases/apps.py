"""Cases: the ordinary penalty procedure with its clocks, people, evidence and papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "zhixing.apps.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from zhixing.apps.cases import registrations

        registrations.register()
