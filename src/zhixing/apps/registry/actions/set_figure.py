"""Deed: say which picture is the figure of a mark."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.registry.models import TradeMark
from zhixing.apps.registry.pictures import describe_file
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.files.api import EvidenceFile, attach, links_of
from zhixing.kit.register import fresh_row

ROLE = "figure"


def set_figure(
    actor: Actor,
    obj: TradeMark,
    *,
    file: EvidenceFile | None = None,
    upload: File[Any] | None = None,
    stamp: datetime | None = None,
) -> TradeMark:
    """Make one of the mark's pictures, or a new one, its figure; neither takes the figure away.

    Args:
        file: evidence of the mark already.
        upload: a picture to attach to the mark first.
        stamp: `updated` of the mark when the form was opened.

    Raises:
        Refused: the mark is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: the file is no evidence of this mark, or no picture that can be compared.
    """
    with transaction.atomic():
        mark = fresh_row(obj, stamp)
        require(actor, "registry.change_trademark", mark)
        if upload is not None:
            file = attach(actor, mark, upload, role=ROLE)
        if file is not None:
            if not links_of(mark).filter(file=file).exists():
                raise _refused("file", _("Choose one of the pictures attached to this mark."))
            try:
                describe_file(file)
            except Invalid as error:
                raise _refused("upload" if upload is not None else "file", str(error)) from error
        if mark.image_id == (file.pk if file else None):
            return mark
        with deed(actor, "mark.set_figure", mark):
            mark.image = file
            mark.save(update_fields=["image", "updated"])
    return mark


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
