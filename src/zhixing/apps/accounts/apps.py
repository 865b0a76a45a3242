"""Who works here: offices, regions, officers, roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "zhixing.apps.accounts"
    label = "accounts"
    verbose_name = _("Offices and officers")

    def ready(self) -> None:
        from zhixing.apps.accounts import registrations

        registrations.register()
