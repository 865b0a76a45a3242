"""Who is supervised: operators, licences, trade marks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "zhixing.apps.registry"
    label = "registry"
    verbose_name = _("Subjects")

    def ready(self) -> None:
        from zhixing.apps.registry.setup import register_all

        register_all()
