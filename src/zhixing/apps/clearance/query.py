"""What somebody wants to file, as the search takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhixing.engines.lookalike import normalise
from zhixing.kit.errors import Invalid

TEXT_LENGTH = 120
NICE_CLASSES = range(1, 46)
_GROUP = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Query:
    """A name, a picture, or both, and the goods they are for.

    Attributes:
        text: the words of the mark; may be empty when there is a picture.
        picture: the picture as a file; empty without one.
        nice_classes: classes 1 to 45, in order.
        similar_groups: groups of similar goods, four digits each, in order.
    """

    text: str = ""
    picture: bytes = b""
    nice_classes: tuple[int, ...] = ()
    similar_groups: tuple[str, ...] = ()


def make_query(
    text: str = "",
    picture: bytes = b"",
    nice_classes: Iterable[object] = (),
    similar_groups: Iterable[object] = (),
) -> Query:
    """The query, cleaned; the classes of the groups are added to the classes.

    Raises:
        Invalid: neither words nor picture, or a class or group that does not exist.
    """
    words = " ".join(text.split())
    if not words and not picture:
        raise _refused("text", _("Give the name of the mark, or a picture, or both."))
    if len(words) > TEXT_LENGTH:
        raise _refused(
            "text",
            _("Expected at most %(n)d characters, came %(found)d.")
            % {"n": TEXT_LENGTH, "found": len(words)},
        )
    if words and not normalise(words):
        raise _refused("text", _("“%(text)s” holds no letter or character.") % {"text": words})
    groups = sorted({str(group).strip() for group in similar_groups} - {""})
    for group in groups:
        if not _GROUP.fullmatch(group) or int(group[:2]) not in NICE_CLASSES:
            raise _refused(
                "similar_groups",
                _("Expected groups of four digits such as 3003, found “%(found)s”.")
                % {"found": group},
            )
    classes = {int(group[:2]) for group in groups}
    for value in nice_classes:
        number = int(str(value)) if str(value).strip().isdecimal() else 0
        if number not in NICE_CLASSES:
            raise _refused(
                "nice_classes",
                _("Expected classes from 1 to 45, found “%(found)s”.") % {"found": value},
            )
        classes.add(number)
    return Query(words, picture, tuple(sorted(classes)), tuple(groups))


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
