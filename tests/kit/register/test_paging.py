"""Keyset pages against the slow obvious way: sort everything, cut it into pages."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhixing.apps.registry.models import Subject
from zhixing.kit.register.paging import bounded_count, read_page

DAY = date(2020, 1, 1)
days = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=14)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=days, size=st.integers(1, 5), descending=st.booleans())
def test_pages_are_slices_of_the_sorted_rows(
    days: list[int | None], size: int, descending: bool
) -> None:
    """Any values, any page size, either direction: forwards and back give the slices."""
    Subject.objects.all().delete()
    Subject.objects.bulk_create(
        Subject(
            name=f"s{number}",
            unit_path="1/",
            registered_on=None if day is None else DAY + timedelta(day),
        )
        for number, day in enumerate(days)
    )
    rows = list(Subject.objects.order_by("pk"))
    present = [row for row in rows if row.registered_on is not None]
    present.sort(key=lambda row: (row.registered_on, row.pk), reverse=descending)
    absent = sorted(
        (row for row in rows if row.registered_on is None),
        key=lambda row: row.pk,
        reverse=descending,
    )
    keys = [row.pk for row in present + absent]
    slices = [keys[start : start + size] for start in range(0, len(keys), size)] or [[]]

    sort = "-registered_on" if descending else "registered_on"
    pages = [read_page(Subject.objects.all(), sort, size=size)]
    while pages[-1].next:
        pages.append(read_page(Subject.objects.all(), sort, size=size, cursor=pages[-1].next))
    assert [[row.pk for row in page.rows] for page in pages] == slices
    assert not pages[0].previous
    for before, page in itertools.pairwise(pages):
        back = read_page(Subject.objects.all(), sort, size=size, cursor=page.previous)
        assert [row.pk for row in back.rows] == [row.pk for row in before.rows]


@pytest.mark.django_db
def test_a_row_that_appears_meanwhile_moves_no_page() -> None:
    """A page begins after the row it was asked for, whatever was inserted before it."""
    Subject.objects.bulk_create(Subject(name=f"s{n}", unit_path="1/") for n in range(10))
    first = read_page(Subject.objects.all(), "name", size=4)
    Subject.objects.create(name="a new first one", unit_path="1/")
    second = read_page(Subject.objects.all(), "name", size=4, cursor=first.next)
    assert [row.name for row in second.rows] == ["s4", "s5", "s6", "s7"]


@pytest.mark.django_db
def test_counting_stops_at_the_limit() -> None:
    """Beyond the limit the count says "more than", and is exact below."""
    Subject.objects.bulk_create(Subject(name=f"s{n}", unit_path="1/") for n in range(5))
    assert (
        bounded_count(Subject.objects.all(), 4).number,
        bounded_count(Subject.objects.all(), 4).is_more,
    ) == (4, True)
    assert bounded_count(Subject.objects.all(), 5).is_more is False
