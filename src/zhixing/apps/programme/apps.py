"""The yearly programme and its board."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "zhixing.apps.programme"
    label = "programme"
    verbose_name = _("Programme")

    def ready(self) -> None:
        from zhixing.apps.programme import registrations

        registrations.register()
