"""Register of media and rounds of ad monitoring."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "zhixing.apps.media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from zhixing.apps.media import registrations

        registrations.register()
