"""Contracts on marks: parties and marks of the register, standing by date, the pages that show."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.apps.registry import examples
from zhixing.apps.registry.api import authorisations_visible, create_authorisation
from zhixing.apps.registry.models import Authorisation
from zhixing.kit.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


def test_a_party_and_a_mark_of_the_register_bring_their_names() -> None:
    """Choosing rows of the register is enough; the contract is kept where the factory belongs."""
    cast = examples.cast()
    factory = examples.subject(cast.keeper.unit_path, 1)
    mark = examples.mark(cast.keeper.unit_path, 2)
    row = create_authorisation(
        cast.keeper, {"grantor_name": "香港百味集团", "grantee": factory, "mark": mark}
    )
    assert (row.grantee_name, row.mark_text) == (factory.name, mark.text)
    assert row.unit_path == factory.unit_path
    assert "百 味" in row.search_text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"grantor_name": ""}, "grantor_name"),
        ({"grantee_name": "香港百味1集团有限公司"}, "grantee_name"),
        ({"starts_on": date(2026, 5, 2), "ends_on": date(2026, 5, 1)}, "ends_on"),
        ({"nice_classes": [46]}, "nice_classes"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    values: dict[str, object], field: str
) -> None:
    """No contract without both parties, with one party twice, or ending before it starts."""
    with pytest.raises(Invalid) as caught:
        examples.authorisation("1/", 1, **values)
    assert field in caught.value.fields
    assert not Authorisation.objects.exists()


def test_a_contract_is_entered_once() -> None:
    """The same number, mark and party again is refused, not doubled."""
    examples.authorisation("1/", 1)
    with pytest.raises(Invalid) as caught:
        examples.authorisation("1/", 1)
    assert "contract_number" in caught.value.fields


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2024, 12, 31), "not_begun"),
        (date(2025, 1, 1), "in_force"),
        (date(2025, 12, 31), "in_force"),
        (date(2026, 1, 1), "ran_out"),
    ],
)
def test_both_days_of_the_term_belong_to_it(day: date, standing: str) -> None:
    """First and last day are in force; the days beside them are not."""
    row = examples.authorisation("1/", 1, ends_on=date(2025, 12, 31))
    assert row.standing_on(day) == standing
    assert row.in_force(day) == (standing == "in_force")


def test_an_ended_contract_allows_nothing_whatever_its_days() -> None:
    """Status comes before the calendar."""
    row = examples.authorisation("1/", 1, status="ended")
    assert not row.in_force(date(2026, 1, 1))


def test_another_office_neither_sees_nor_enters_it() -> None:
    """Contracts are kept by one office."""
    cast = examples.cast()
    row = examples.authorisation(cast.keeper.unit_path, 1)
    assert list(authorisations_visible(cast.keeper)) == [row]
    assert not authorisations_visible(cast.elsewhere).exists()
    with pytest.raises(Refused):
        create_authorisation(
            cast.elsewhere,
            {"grantor_name": "a", "grantee_name": "b", "unit_path": cast.keeper.unit_path},
        )


def test_both_parties_and_the_mark_show_it(client: Client) -> None:
    """The pages of grantor, grantee and mark name the contract."""
    cast = examples.cast()
    path = cast.keeper.unit_path
    holder, factory = (examples.subject(path, number) for number in (1, 2))
    mark = examples.mark(path, 3)
    row = examples.authorisation(
        path, 4, grantor=holder, grantor_name="", grantee=factory, grantee_name="", mark=mark
    )
    client.force_login(cast.keeper)
    for page in (holder, factory, mark):
        assert row.get_absolute_url() in client.get(page.get_absolute_url()).content.decode()
