"""What was done: the book of deeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "zhixing.apps.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from zhixing.apps.audit import registrations

        registrations.register()
