"""A proof bundle: entries with their seals, checked offline by a script that needs no platform."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from zhixing.apps.audit.chain import canonical
from zhixing.apps.audit.models import AuditEntry, ChainHead
from zhixing.apps.audit.selectors import audit_entries
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.reasons import stated


def export_proof(actor: Actor, *, first: int = 1, last: int | None = None, reason: str) -> bytes:
    """A ZIP with `entries.jsonl`, `manifest.json` and the stand-alone `verify_proof.py`.

    Args:
        first: number of the first entry.
        last: number of the last entry; None for the newest before this export.

    Raises:
        Refused: the actor is no auditor, or the range holds deeds of other offices: a bundle
            cannot leave entries out.
        Invalid: no reason, or the range holds no entry.
    """
    require(actor, "audit.export_proof")
    head = ChainHead.objects.filter(id=1).first()
    last = last or (head.sequence if head else 0)
    entries = AuditEntry.objects.filter(sequence__range=(first, last)).order_by("sequence")
    readable = audit_entries(actor).filter(sequence__range=(first, last))
    if readable.count() != entries.count():
        raise Refused(
            _("This range holds deeds of other offices. Ask the auditor of the whole bureau.")
        )
    buffer, count, anchor, tail = BytesIO(), 0, "", ""
    with (
        deed(
            actor,
            "audit.export_proof",
            reason=stated(reason),
            detail={"first": first, "last": last},
        ),
        ZipFile(buffer, "w", ZIP_DEFLATED) as bundle,
    ):
        with bundle.open("entries.jsonl", "w") as lines:
            for entry in entries.iterator(chunk_size=2000):
                anchor = anchor or entry.previous
                row = {"body": entry.body, "previous": entry.previous, "seal": entry.seal}
                lines.write(f"{canonical(row)}\n".encode())
                count, tail = count + 1, entry.seal
        if not count:
            told = {"first": first, "last": last}
            raise Invalid(_("No entries between %(first)d and %(last)d.") % told)
        manifest = {
            "format": "zhixing-proof-1",
            "algorithm": "SM3(previous LF body), hex",
            "first": first,
            "count": count,
            "anchor": anchor,
            "head": tail,
        }
        bundle.writestr("manifest.json", canonical(manifest))
        script = files("zhixing.apps.audit").joinpath("verify_proof.py").read_text("utf-8")
        bundle.writestr("verify_proof.py", script)
    return buffer.getvalue()
