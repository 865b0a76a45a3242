"""What an import of a log writes, batch by batch; part of the import's own deed."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files import File
from django.utils import timezone

from zhixing.apps.adverts.actions.capture_ads import Seen, keep
from zhixing.apps.adverts.models import Capture, Source
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.storage import upload_path
from zhixing.kit.files.api import attach


def capture_batch(actor: Actor, run_id: int | None, seen: Sequence[Seen]) -> None:
    """Keep the rows of a batch under the one capture of the import."""
    run = ImportRun.objects.get(pk=run_id or 0)
    row = _capture_of(actor, run)
    taken = keep(row, seen)
    row.texts += len(seen)
    row.new_ads += taken.new_ads
    row.new_placements += taken.new_placements
    row.save()


def _capture_of(actor: Actor, run: ImportRun) -> Capture:
    """The capture of this import, with the file as its evidence; made by its first batch."""
    origin = f"#{run.pk}"
    known = Capture.objects.filter(source=Source.IMPORT, sm3=run.file_sm3, origin=origin).first()
    if known is not None:
        return known
    row = Capture(
        unit_path=run.unit_path,
        source=Source.IMPORT,
        name=run.file_name[-200:],
        origin=origin,
        sm3=run.file_sm3,
        captured_at=timezone.now(),
        captured_by_id=actor.actor_id,
    )
    row.save()
    with upload_path(run.file_sm3).open("rb") as content:
        try:
            attach(actor, row, File(content, name=run.file_name))
        except Invalid as error:
            # The rows were read; a file that is no evidence (packed, too large) is only named.
            row.rejects = [{"where": run.file_name, "why": str(error)}]
    return row
