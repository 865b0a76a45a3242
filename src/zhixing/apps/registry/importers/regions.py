"""Regions as files name them: by code, or by name with or without 省, 市, 自治区."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from zhixing.apps.accounts.api import Region
from zhixing.kit.exchange.fields import mask_of
from zhixing.kit.exchange.importer import Rows

ADDRESS_LENGTH = 200
# Short names are used for provinces only: 浙江 for 浙江省, 广西 for 广西壮族自治区.
SUFFIXES = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")


def resolve_regions(rows: Rows) -> None:
    """Add `region_id` from `region`; a name no region has is put before the address instead.

    So a file that names provinces imports into a bureau whose region table holds its own city
    only, and nothing it said is lost. An unknown code and a name that several regions have are
    errors.
    """
    texts = rows.columns["region"]
    distinct = [text for text in texts.unique().to_pylist() if text is not None]
    found = _regions(distinct)
    ids = pa.array([found[t][0] if len(found[t]) == 1 else None for t in distinct], pa.int64())
    place = pc.index_in(texts, value_set=pa.array(distinct, pa.string()))
    rows.columns["region_id"] = ids.take(place)
    several = [text for text in distinct if len(found[text]) > 1]
    rows.fault(
        "region",
        mask_of(pc.is_in(texts, value_set=pa.array(several, pa.string()))),
        _("a name that one region has"),
        _("Several regions have it; write the division code instead."),
    )
    unknown = [text for text in distinct if not found[text]]
    codes = [text for text in unknown if text.isdecimal()]
    rows.fault(
        "region",
        mask_of(pc.is_in(texts, value_set=pa.array(codes, pa.string()))),
        _("the code of a region of the register"),
        _("Enter the region first, or write its name."),
    )
    _keep_in_address(rows, [text for text in unknown if not text.isdecimal()])


def _regions(texts: Iterable[str]) -> dict[str, list[int]]:
    wanted = {text: {text, *(text + suffix for suffix in SUFFIXES)} for text in texts}
    names = {name for spellings in wanted.values() for name in spellings}
    by_name: dict[str, list[int]] = defaultdict(list)
    provinces: dict[str, list[int]] = defaultdict(list)
    rows = Region.objects.filter(name__in=names).values_list("name", "pk", "level")
    for name, pk, level in rows:
        by_name[name].append(pk)
        if level == Region.Level.PROVINCE:
            provinces[name].append(pk)
    by_code = dict(Region.objects.filter(code__in=list(wanted)).values_list("code", "pk"))
    return {
        text: (
            [by_code[text]]
            if text in by_code
            else by_name.get(text) or [pk for s in sorted(spellings) for pk in provinces.get(s, [])]
        )
        for text, spellings in wanted.items()
    }


def _keep_in_address(rows: Rows, names: list[str]) -> None:
    nothing = pa.nulls(len(rows), pa.string())
    address = rows.columns.get("address", nothing)
    texts = rows.columns["region"]
    kept = mask_of(pc.is_in(texts, value_set=pa.array(names, pa.string())))
    there = np.array(
        [
            bool(keep) and (place or "").startswith(name or "")
            for keep, place, name in zip(kept, address.to_pylist(), texts.to_pylist(), strict=True)
        ],
        dtype=bool,
    )
    longer = pc.binary_join_element_wise(texts, pc.fill_null(address, ""), "")
    rows.columns["address"] = pc.if_else(pa.array(kept & ~there), longer, address)
    rows.fault(
        "region",
        mask_of(pc.greater(pc.utf8_length(rows.columns["address"]), ADDRESS_LENGTH)),
        _("region and address of at most %(count)s characters") % {"count": ADDRESS_LENGTH},
        _("Shorten the address."),
    )
