"""Questions about imports, asked by an actor."""

from __future__ import annotations

from django.db.models import QuerySet

from zhixing.kit.actors import Actor
from zhixing.kit.exchange.importer import Change, Importer, importer_for, importers
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.reading import Fault
from zhixing.kit.exchange.storage import changes_path, errors_path
from zhixing.kit.exchange.tables import TableReader


def importers_for(actor: Actor) -> list[Importer]:
    """The importers the actor may use."""
    return [importer for importer in importers() if importer.may(actor)]


def runs_visible(actor: Actor) -> QuerySet[ImportRun]:
    """The imports of the actor's offices into registers the actor may import, newest first."""
    slugs = [importer.slug for importer in importers_for(actor)]
    runs: QuerySet[ImportRun] = (
        ImportRun.objects.visible_to(actor)
        .filter(importer__in=slugs)
        .select_related("created_by", "job")
        .order_by("-pk")
    )
    return runs


def errors_page(run: ImportRun, offset: int, limit: int) -> list[Fault]:
    """Errors of the last check in the order of the rows."""
    path = errors_path(run)
    return TableReader(path, Fault).page(offset, limit) if path.exists() else []


def changes_page(run: ImportRun, offset: int, limit: int) -> list[Change]:
    """What the last check expects to change."""
    path = changes_path(run)
    return TableReader(path, Change).page(offset, limit) if path.exists() else []


def label_of(run: ImportRun) -> str:
    """What the register of the run is called."""
    return str(importer_for(run.importer).label)
