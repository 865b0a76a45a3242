"""Codes and lists as officers give them: normalised, or refused with what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhixing.apps.registry.models import Licence
from zhixing.engines.identifiers import (
    IdentifierError,
    check_licence_number,
    check_uscc,
    normalise_code,
)
from zhixing.kit.errors import Invalid

NICE_CLASSES = range(1, 46)
_GROUP = re.compile(r"\d{4}")


def explain(error: IdentifierError) -> str:
    """The mistake in a code as a sentence: expected, found, what to do."""
    facts = {
        "expected": error.expected,
        "found": error.found or _("nothing"),
        "position": error.position,
    }
    sentences = {
        "length": _(
            "Expected %(expected)s characters, found %(found)s; please compare with the original."
        ),
        "character": _(
            "Character %(position)s: expected one of %(expected)s, found “%(found)s”; "
            "please compare with the original."
        ),
        "prefix": _("Expected a number beginning with %(expected)s, found “%(found)s”."),
        "check": _(
            "Check character: expected %(expected)s, found %(found)s; "
            "please compare all characters with the original."
        ),
    }
    return sentences[error.problem] % facts


def clean_uscc(text: str | None) -> str | None:
    """The normalised code, or None when none is given.

    Raises:
        Invalid: the code cannot be right.
    """
    if not text or not text.strip():
        return None
    try:
        return check_uscc(text)
    except IdentifierError as error:
        raise Invalid(explain(error), fields={"uscc": [explain(error)]}) from error


def clean_licence_number(kind: str, text: str) -> str:
    """The normalised number; of the kinds JY, SC and YB with its check digit right.

    Raises:
        Invalid: the number cannot be right, or belongs to another kind.
    """
    if kind == Licence.Kind.OTHER:
        number = normalise_code(text)
        if not number:
            raise _wrong_number(_("Give the number of the licence."))
        return number
    try:
        number = check_licence_number(text)
    except IdentifierError as error:
        raise _wrong_number(explain(error)) from error
    if not number.startswith(kind):
        raise _wrong_number(
            _("Expected a number beginning with %(expected)s, found “%(found)s”.")
            % {"expected": kind, "found": number[:2]}
        )
    return number


def _wrong_number(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"number": [sentence]})


def clean_nice_classes(values: Iterable[object]) -> list[int]:
    """Sorted Nice classes without doubles.

    Raises:
        Invalid: a class is not between 1 and 45.
    """
    classes = set()
    for value in values:
        text = str(value).strip()
        if not text.isdecimal() or int(text) not in NICE_CLASSES:
            sentence = _("Nice class: expected 1 to 45, found “%(found)s”.") % {"found": text}
            raise Invalid(sentence, fields={"nice_classes": [sentence]})
        classes.add(int(text))
    return sorted(classes)


def clean_similar_groups(values: Iterable[object]) -> list[str]:
    """Sorted similar groups (four digits) without doubles.

    Raises:
        Invalid: a group is not four digits.
    """
    groups = set()
    for value in values:
        text = str(value).strip()
        if not _GROUP.fullmatch(text):
            sentence = _("Similar group: expected four digits, found “%(found)s”.") % {
                "found": text
            }
            raise Invalid(sentence, fields={"similar_groups": [sentence]})
        groups.add(text)
    return sorted(groups)
