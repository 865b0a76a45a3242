"""The reason of a deed: a sentence in the officer's words that stays in the book."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhixing.kit.errors import Invalid


def stated(reason: str) -> str:
    """The reason without surrounding blanks.

    Raises:
        Invalid: there is none.
    """
    if not (told := reason.strip()):
        raise Invalid(
            _("Write a short reason; it stays in the file."), fields={"reason": [_("required")]}
        )
    return told
