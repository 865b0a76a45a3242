"""The kit: what every app is built from."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "zhixing.kit"
    label = "kit"
    verbose_name = _("Kit")

    def ready(self) -> None:
        from zhixing.kit import history
        from zhixing.kit.files import registrations as files
        from zhixing.kit.jobs import registrations as jobs
        from zhixing.kit.papers import registrations as papers
        from zhixing.kit.search import restore_after_migrate

        history.name_deeds(jobs.DEED_NAMES)
        history.name_deeds(files.DEED_NAMES)
        papers.register()

        post_migrate.connect(restore_after_migrate, sender=self)
