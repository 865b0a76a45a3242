"""Two names side by side, for a page and for the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zhixing.apps.clearance.query import TEXT_LENGTH
from zhixing.apps.clearance.reasons import sentence
from zhixing.apps.registry.api import side_by_side
from zhixing.engines.lookalike import METHOD, judge, normalise
from zhixing.kit.errors import Invalid


def compare_names(a: str, b: str) -> dict[str, Any]:
    """How alike name `b` is to mark `a`, character by character.

    Raises:
        Invalid: a name is missing, too long, or holds nothing that can be compared.
    """
    first, second = (" ".join(text.split()) for text in (a, b))
    for field, text in (("a", first), ("b", second)):
        if not normalise(text):
            raise _refused(field, _("Give two names to compare."))
        if len(text) > TEXT_LENGTH:
            raise _refused(
                field,
                _("Expected at most %(n)d characters, came %(found)d.")
                % {"n": TEXT_LENGTH, "found": len(text)},
            )
    (row,) = judge([first], [second]).to_pylist()
    return {
        "a": first,
        "b": second,
        "score": round(float(row["score"]), 3),
        "probability": round(float(row["probability"]), 3),
        "confusing": bool(row["confusing"]),
        "kind": row["kind"],
        "method": str(METHOD),
        "reasons": [reason | {"text": sentence(reason)} for reason in row["reasons"]],
        "cells": side_by_side(first, second),
    }


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
