"""Discipline of the advertising trade: rates, sanctions on media, dispatch, notices, training."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisciplineConfig(AppConfig):
    name = "zhixing.apps.discipline"
    label = "discipline"
    verbose_name = _("Ad discipline")

    def ready(self) -> None:
        from zhixing.apps.discipline import registrations

        registrations.register()
