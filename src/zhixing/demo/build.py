"""Building the demo bureau: through the same actions and imports that a real bureau uses."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from zhixing.apps.accounts.api import Officer, OrgUnit, Region, create_officer, open_office
from zhixing.apps.brands.api import add_watched_mark, record_sighting
from zhixing.apps.chains.api import record_label
from zhixing.apps.programme.api import adopt_programme
from zhixing.apps.registry.api import TradeMark
from zhixing.demo.brands import CLASSES, WATCHED, Plant
from zhixing.demo.people import PASSWORD, PEOPLE
from zhixing.demo.places import CITY, offices, places
from zhixing.demo.sightings import SEEN
from zhixing.engines.identifiers import generate_licence_numbers
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Conflict
from zhixing.kit.exchange.actions import map_columns, start_import
from zhixing.kit.exchange.checking import check_run
from zhixing.kit.exchange.committing import commit_run

ACTOR = SystemActor("demo")
OPENED = date(2019, 3, 1)
# Industries whose operators hold a food business licence (first letters of GB/T 4754 codes).
FOOD = ("F512", "F521", "F522", "H62")
LICENCE_YEARS = timedelta(days=5 * 365)

Progress = Callable[[int, int, str], None]


def bureau() -> OrgUnit:
    """City bureau, county bureaus, field offices, regions and officers."""
    units = _open_offices()
    for person in PEOPLE:
        create_officer(
            ACTOR,
            username=person.username,
            display_name=person.name,
            unit=units[person.office],
            roles=list(person.roles),
            password=PASSWORD,
            since=OPENED,
        )
    return units[CITY]


def _open_offices() -> dict[str, OrgUnit]:
    """The city bureau first: regions are imported for it, and the others name theirs."""
    units: dict[str, OrgUnit] = {}
    regions: dict[str, Region] = {}
    for office in offices():
        units[office.code] = open_office(
            ACTOR,
            code=office.code,
            name=office.name,
            kind=office.kind,
            parent=units.get(office.parent),
            opened_on=OPENED,
            region=regions.get(office.region),
        )
        if not regions:
            _import("regions", _regions(), units[CITY], lambda done, total, what: None)
            regions = {region.code: region for region in Region.objects.all()}
    return units


def _regions() -> pa.Table:
    rows = places()
    return pa.table({
        "code": [place.code for place in rows],
        "name": [place.name for place in rows],
        "urban_rural": [place.urban_rural for place in rows],
        "longitude": [f"{place.longitude:.5f}" for place in rows],
        "latitude": [f"{place.latitude:.5f}" for place in rows],
    })  # fmt: skip


def subjects(table: pa.Table, city: OrgUnit, progress: Progress) -> int:
    """Import the operators; returns how many were written."""
    return _import("subjects", table, city, progress)


def licences(table: pa.Table, city: OrgUnit, seed: int, progress: Progress) -> int:
    """A food business licence for every operator in a food trade, a few of them run out."""
    industries = table["industry"].to_pylist()
    food = table.filter(pa.array([code.startswith(FOOD) for code in industries]))
    n, rng = len(food), np.random.default_rng(seed + 1)
    divisions = np.array([code[:6] for code in food["region"].to_pylist()])
    today = date.today()  # noqa: DTZ011  the demo's licences end relative to the day it is built
    starts = [today - timedelta(days=int(d)) for d in rng.integers(1, 5 * 365 + 60, n)]
    rows = pa.table({
        "number": generate_licence_numbers(rng, n, "JY", "1", divisions),
        "kind": ["JY"] * n,
        "uscc": food["uscc"],
        "scope": ["预包装食品销售"] * n,
        "valid_from": [day.isoformat() for day in starts],
        "valid_to": [(day + LICENCE_YEARS).isoformat() for day in starts],
    })  # fmt: skip
    return _import("licences", rows, city, progress)


def watch_list(city: OrgUnit, marks: Mapping[str, TradeMark]) -> int:
    """Put the protected brands on the city's watch list, each with its mark of the register."""
    for text, protection, industry in WATCHED:
        values = {
            "text": text,
            "trade_mark": marks[text],
            "holder_name": marks[text].holder_name,
            "protection": protection,
            "nice_classes": CLASSES[industry],
            "unit_path": city.path,
        }
        add_watched_mark(ACTOR, values)
    return len(WATCHED)


def sightings() -> dict[str, Plant]:
    """Record what the village officer saw; each is judged as it arrives. Returns the truth."""
    officer = Officer.objects.get(username="village")
    for seen in SEEN:
        if seen.kind == "label":
            record_label(officer, text=seen.text, where=seen.where, photo=None)
        else:
            values = {"kind": seen.kind, "text": seen.text, "seen_at": seen.where}
            record_sighting(officer, values)
    return {seen.text: seen.plant for seen in SEEN}


def programme(city: OrgUnit, year: int) -> None:
    """Adopt the programme of the year."""
    adopt_programme(
        ACTOR, unit=city, year=year, base_year=year - 1, source="quality-city",
        reason="示范市质量兴市活动实施方案",
    )  # fmt: skip


def _import(slug: str, table: pa.Table, unit: OrgUnit, progress: Progress) -> int:
    """A table through the import that officers use: upload, mapping, check, write."""
    buffer = io.BytesIO()
    pacsv.write_csv(table, buffer)
    run = start_import(
        ACTOR, slug, file_name=f"{slug}.csv", chunks=[buffer.getvalue()], unit_path=unit.path
    )
    run = map_columns(ACTOR, run, mapping=run.mapping, constants={})
    run = check_run(run, ACTOR, progress)
    if run.error_count:
        raise Conflict(f"demo {slug}: {run.error_count} errors; this is a defect of the demo")
    run = commit_run(run, ACTOR, progress)
    return int(run.created_count)
