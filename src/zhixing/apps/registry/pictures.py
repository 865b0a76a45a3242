"""Pictures of marks as the figure engine sees them, and as pages show them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zhixing.engines import figures
from zhixing.kit.errors import Invalid
from zhixing.kit.files import store
from zhixing.kit.files.api import EvidenceFile


def picture_bytes(file: EvidenceFile) -> bytes:
    """The file as received.

    Raises:
        Invalid: the store does not hold it.
    """
    try:
        return store.path_of(file.sm3).read_bytes()
    except OSError as error:
        raise Invalid(_("The picture is missing from the store.")) from error


def describe_file(file: EvidenceFile) -> Any:
    """One row of the figure engine's description.

    Raises:
        Invalid: no picture that can be compared; the sentence says what was expected.
    """
    return describe_picture(picture_bytes(file))


def describe_picture(data: bytes) -> Any:
    """One row of the figure engine's description of a picture as a file.

    Raises:
        Invalid: no picture that can be compared; the sentence says what was expected.
    """
    try:
        return figures.describe([data])
    except figures.UnusableImage as error:
        raise Invalid(explain(error), code="picture.unusable") from error


def explain(error: figures.UnusableImage) -> str:
    """What is wrong with a picture, as a sentence."""
    facts = {"expected": error.expected, "found": error.found}
    sentences = {
        "empty": _("The picture is empty; choose another file."),
        "bytes": _("The picture may have at most %(expected)s; this one has %(found)s."),
        "format": _("Expected a picture of the kinds %(expected)s; this file is none."),
        "pixels": _("The picture may have at most %(expected)s pixels; this one has %(found)s."),
        "broken": _("The picture is damaged; save it anew and try again."),
        "small": _("The picture needs at least %(expected)s; this one has %(found)s."),
        "blank": _("The picture shows nothing: it is of one even shade."),
    }
    return sentences[error.problem] % facts
