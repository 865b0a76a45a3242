"""The deed on evidence: attach a file to what it proves."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import models
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.files import kinds, store
from zhixing.kit.files.access import links_of, require_attach
from zhixing.kit.files.models import EvidenceFile, EvidenceLink
from zhixing.kit.formats import file_size

NAME_LENGTH = 200
# Unicode categories that change how a name looks unseen: controls, directions, line ends.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def attach(
    actor: Actor,
    obj: models.Model,
    upload: File[Any],
    *,
    unit_path: str = "",
    caption: str = "",
    role: str = "",
    source: str = "",
    taken_at: datetime | None = None,
) -> EvidenceFile:
    """Keep an uploaded file as evidence of an object; its hash goes into the audit chain.

    The entry stands in the object's change log. The same content sent again for the same object
    and role (a phone that did not get the answer) is the same evidence, not a second one.

    Args:
        unit_path: the office it belongs to; default: the object's, else the actor's.
        caption: what it shows.
        role: what it is for, in the words of the app that asks for it, e.g. `front`.
        source: where it comes from.
        taken_at: when it was taken, if known.

    Raises:
        Refused: the actor may not add evidence to the object.
        Invalid: too large, empty, or not a kind of file that is evidence here.
    """
    require_attach(actor, obj)
    name = clean_name(upload.name or "")
    received, media_type = _receive(upload, name)
    known = links_of(obj).filter(role=role, file__sm3=received.sm3).first()
    # The file first, the row after: a crash between leaves a file nobody names, never a row
    # without its file.
    store.keep(received)
    if known is not None:
        return known.file
    file = EvidenceFile(
        sm3=received.sm3,
        size=received.size,
        media_type=media_type,
        name=name,
        source=source[:200],
        taken_at=taken_at,
        uploaded_by_id=actor.actor_id,
        unit_path=unit_path or getattr(obj, "unit_path", "") or actor.unit_path,
    )
    with deed(actor, "evidence.attach", obj) as act:
        file.save()
        EvidenceLink.objects.create(file=file, target=obj, caption=caption[:200], role=role)
        act.detail = {
            "file": file.pk, "sm3": file.sm3, "size": file.size, "media_type": media_type,
            "name": name, "caption": caption[:200], "role": role,
        }  # fmt: skip
    return file


def clean_name(name: str) -> str:
    """The last part of a path without control and direction characters, ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c) not in UNSEEN)
    return shown.strip(" .")[-NAME_LENGTH:] or "file"


def _receive(upload: File[Any], name: str) -> tuple[store.Received, str]:
    """The upload on disk and what it is served as.

    Raises:
        Invalid: it is no evidence; nothing of it stays.
    """
    limit = settings.EVIDENCE_MAX_BYTES
    if upload.size > limit:
        raise _too_large(name, file_size(upload.size))
    received = store.receive(upload.chunks(), limit)
    if received is None:
        raise _too_large(name, _("more"))
    if not received.size:
        store.drop(received)
        raise _refused(
            _("%(name)s: expected a file with content, came an empty one.") % {"name": name}
        )
    kind = kinds.kind_of(received.path)
    media_type = kinds.media_type_of(kind, name)
    if media_type is not None:
        return received, media_type
    store.drop(received)
    if kind is None:
        raise _refused(
            _("%(name)s: expected the content of one of %(kinds)s, came something else.")
            % {"name": name, "kinds": ", ".join(kinds.ALLOWED)}
        )
    raise _refused(
        _(
            "%(name)s: expected a name ending in %(endings)s, because the content is "
            "%(media_type)s; came “.%(ending)s”. Send the file as it was made."
        )
        % {
            "name": name,
            "endings": ", ".join(f".{ending}" for ending in kind.endings),
            "media_type": kind.media_type,
            "ending": kinds.ending_of(name),
        }
    )


def _too_large(name: str, came: str) -> Invalid:
    return _refused(
        _("%(name)s: expected at most %(limit)s, came %(size)s; shorten or compress it.")
        % {"name": name, "limit": file_size(settings.EVIDENCE_MAX_BYTES), "size": came}
    )


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, code="evidence.refused", fields={"file": [sentence]})
