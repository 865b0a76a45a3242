"""Which column of a file goes to which field: a suggestion by headings, and its check."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
from django.utils.translation import gettext as _

from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import parse_column
from zhixing.kit.exchange.importer import Importer
from zhixing.kit.exchange.reading import UnreadableFile

_NOISE = re.compile(r"[\W_]+|必填|选填")


def suggest(importer: Importer, header: Sequence[str]) -> dict[str, str]:
    """Heading → field name, "" where no field is known by that heading; each field once."""
    known = {
        _folded(str(spelling)): column.name
        for column in importer.fields
        for spelling in (column.name, column.label, *column.aliases)
    }
    mapping: dict[str, str] = {}
    for heading in header:
        name = known.get(_folded(heading), "")
        mapping[heading] = "" if name in mapping.values() else name
    return mapping


def _folded(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


def check_mapping(
    importer: Importer,
    header: Sequence[str],
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, str]]:
    """The mapping completed for every heading, and the constants without empty ones.

    Raises:
        UnreadableFile: no column is mapped at all, as when the file has no header row.
        Invalid: an unknown heading or field, a field given twice, a required field or the key
            missing, a fixed value that is not valid.
    """
    constants = {name: value.strip() for name, value in constants.items() if value.strip()}
    if unknown := [heading for heading in mapping if heading not in header]:
        raise Invalid(
            _("Expected columns of the file (%(header)s); found “%(unknown)s”.")
            % {"header": "、".join(header), "unknown": "、".join(unknown)}
        )
    complete = {heading: mapping.get(heading, "") for heading in header}
    used = [name for name in complete.values() if name] + list(constants)
    if not any(complete.values()):
        raise UnreadableFile(
            _("a row of headings such as %(names)s")
            % {"names": "、".join(str(column.label) for column in importer.fields[:4])},
            "、".join(header)[:200],
            _("Put the headings in the first row, or assign the columns by hand."),
        )
    for name in used:
        importer.field(name)
    if twice := [name for name, times in Counter(used).items() if times > 1]:
        labels = "、".join(str(importer.field(name).label) for name in twice)
        raise Invalid(
            _("Expected one source for each field; “%(fields)s” has several.") % {"fields": labels}
        )
    missing = [column for column in importer.fields if column.required and column.name not in used]
    if missing:
        raise Invalid(
            _("Expected a column or a fixed value for %(fields)s; found none.")
            % {"fields": "、".join(str(column.label) for column in missing)}
        )
    importer.identities(used)
    _check_constants(importer, constants)
    return complete, constants


def _check_constants(importer: Importer, constants: Mapping[str, str]) -> None:
    faults: dict[str, list[str]] = {}
    for name, value in constants.items():
        _values, defects = parse_column(importer.field(name), pa.array([value], pa.string()))
        if defects:
            faults[name] = [
                _("Expected %(expected)s; found “%(found)s”. %(advice)s")
                % {"expected": d.expected, "found": value, "advice": d.advice}
                for d in defects
            ]
    if faults:
        raise Invalid(" ".join(text for texts in faults.values() for text in texts), fields=faults)
