"""Is this mark free to file: the search before filing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClearanceConfig(AppConfig):
    name = "zhixing.apps.clearance"
    label = "clearance"
    verbose_name = _("Mark search")

    def ready(self) -> None:
        from zhixing.apps.clearance import registrations

        registrations.register()
