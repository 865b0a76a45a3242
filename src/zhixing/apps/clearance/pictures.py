"""Figures of marks as small pictures drawn anew, without what the original file tells besides."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpResponse

from zhixing.apps.registry.api import picture_bytes
from zhixing.engines.figures import UnusableImage, thumbnail
from zhixing.kit.errors import Invalid
from zhixing.kit.files.api import EvidenceFile

SIDE = 200
HOUR = 3600


def thumbnail_response(file: EvidenceFile) -> HttpResponse:
    """The picture, kept by browsers for an hour.

    Raises:
        Http404: it cannot be drawn.
    """
    try:
        data = _drawn(file.sm3, file.pk)
    except (Invalid, UnusableImage) as error:
        raise Http404 from error
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = f"private, max-age={HOUR}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@lru_cache(maxsize=256)
def _drawn(sm3: str, pk: int) -> bytes:
    file = EvidenceFile.objects.get(pk=pk)
    return thumbnail(picture_bytes(file), SIDE)
