"""Names that ended: kept when an operator is renamed or deregistered, by hand and by a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.people import make_offices
from zhixing.apps.registry.api import FormerName, Subject, create_subject, update_subject
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Invalid
from zhixing.kit.testing.imports import import_text

ACTOR = SystemActor("test")
FIRST, SECOND = "海州市鸿雁食品有限公司", "海州市平安食品有限公司"
DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def _subject(**values: Any) -> Subject:
    path = make_offices().office.path
    return create_subject(ACTOR, {"name": FIRST, "unit_path": path} | values)


def test_a_name_given_up_is_kept_with_its_day() -> None:
    """Today, or the day that came with the change; another change keeps nothing."""
    subject = _subject()
    update_subject(ACTOR, subject, {"phone": "13800001234"})
    assert not FormerName.objects.exists()
    update_subject(ACTOR, subject, {"name": SECOND, "renamed_on": DAY})
    former = FormerName.objects.get()
    assert (former.name, former.trade_name, former.used_until) == (FIRST, "鸿雁", DAY)
    subject.refresh_from_db()
    update_subject(ACTOR, subject, {"name": FIRST})
    subject.refresh_from_db()
    assert subject.renamed_on == timezone.localdate()
    assert [row.name for row in subject.former_names.all()] == [SECOND, FIRST]


def test_a_deregistered_operator_has_its_last_day_until_it_comes_back() -> None:
    """Today if nobody says otherwise."""
    subject = _subject()
    update_subject(ACTOR, subject, {"status": "deregistered"})
    subject.refresh_from_db()
    assert subject.ended_on == timezone.localdate()
    update_subject(ACTOR, subject, {"ended_on": DAY})
    subject.refresh_from_db()
    assert subject.ended_on == DAY
    update_subject(ACTOR, subject, {"status": "active"})
    subject.refresh_from_db()
    assert subject.ended_on is None


def test_a_day_to_come_is_refused() -> None:
    """Neither a change nor an end lies ahead."""
    for field in ("renamed_on", "ended_on"):
        with pytest.raises(Invalid) as caught:
            update_subject(ACTOR, _subject(), {field: timezone.localdate() + timedelta(days=1)})
        assert field in caught.value.fields


@pytest.mark.django_db(transaction=True)
def test_a_list_that_brings_other_names_and_ends_keeps_the_old_ones(
    settings: Any, tmp_path: Any
) -> None:
    """With the day of the list, or today; what the list does not change stays."""
    settings.HOME = tmp_path
    path = make_offices().office.path
    for number, name in enumerate((FIRST, "海州市青禾食品有限公司", "海州市麦穗食品有限公司")):
        create_subject(ACTOR, {"name": name, "unit_path": path, "external_key": f"K{number}"})
    text = (
        "编号,企业名称,状态,名称变更日期,注销日期\n"
        f"K0,{SECOND},存续,2026-03-02,\nK1,海州市青禾食品有限公司,注销,,2026-03-02\n"
        "K2,海州市麦穗食品有限公司,注销,,"
    )
    import_text(ACTOR, "subjects", text, path)
    former = FormerName.objects.get()
    assert (former.name, former.used_until) == (FIRST, DAY)
    ends = dict(Subject.objects.values_list("external_key", "ended_on"))
    assert ends == {"K0": None, "K1": DAY, "K2": timezone.localdate()}
