"""Market inspections: checklist, stalls entered by phone, what is not shown becomes a lead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.protection import examples
from tests.apps.protection.test_pages import client_of, page
from zhixing.apps.leads.api import Lead
from zhixing.apps.protection.actions import inspect_markets as deeds
from zhixing.apps.protection.actions.inspect_markets import Seen
from zhixing.apps.protection.checklist import marks_to_look_for
from zhixing.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Any:
    return examples.cast()


def test_the_checklist_holds_protected_marks_for_the_goods_sold_there(people: Any) -> None:
    """Of its office or one above, in force, in a class sold; the most protected first."""
    path, district = people.keeper.unit_path, people.keeper.unit_path[:12]
    assert path.startswith(district)
    examples.mark(path, 1, text="甲", protection=["foreign"])
    examples.mark(district, 2, text="乙", protection=["well_known", "foreign"])
    examples.mark(path, 3, text="丙")
    examples.mark(path, 4, text="丁", protection=["foreign"], nice_classes=[30])
    examples.mark(path, 5, text="戊", protection=["foreign"], status="cancelled")
    examples.mark(people.elsewhere.unit_path, 6, text="己", protection=["foreign"])
    examples.mark(path, 7, text="庚", kind="geographical")
    market = examples.market(path, 1)
    assert [mark["text"] for mark in marks_to_look_for(market)] == ["乙", "甲", "庚"]
    every = examples.market(path, 2, nice_classes=[])
    assert "丁" in [mark["text"] for mark in marks_to_look_for(every)]


def test_an_inspection_needs_two_officers_and_a_day_that_has_come(people: Any) -> None:
    """Refused by field."""
    market, today = examples.market(people.keeper.unit_path, 1), timezone.localdate()
    for officers in ([people.keeper], [people.keeper, people.elsewhere]):
        with pytest.raises(Invalid) as refused:
            deeds.begin_inspection(people.keeper, market, inspected_on=today, officers=officers)
        assert "officers" in refused.value.fields
    two = [people.keeper, people.colleague]
    with pytest.raises(Invalid):
        deeds.begin_inspection(
            people.keeper, market, inspected_on=today + timedelta(days=1), officers=two
        )
    with pytest.raises(Refused):
        deeds.begin_inspection(people.elsewhere, market, inspected_on=today, officers=two)


def test_a_mark_without_authorisation_raises_one_lead(people: Any) -> None:
    """Sent twice, it is one line and one lead; shown or uncertain ones raise none."""
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    seen = [Seen("七匹狼", "no", "无授权书"), Seen("耐克", "yes"), Seen("安踏", "unsure")]
    for _time in (1, 2):
        visit = deeds.enter_stall(people.keeper, inspection, stall=" A12 ", seen=seen)
    assert [line.shown for line in visit.lines.all()] == ["no", "yes", "unsure"]
    lead = Lead.objects.get(monitor="protection.markets")
    assert "A12" in lead.title
    assert "无授权书" in lead.reasons[0]["text"]
    deeds.enter_stall(people.keeper, inspection, stall="A12", seen=[Seen("鸿星", "no")])
    assert inspection.visits.count() == 1
    assert Lead.objects.filter(monitor="protection.markets").count() == 2


def test_a_finished_inspection_takes_no_more_stalls(people: Any) -> None:
    """Not finished without a stall; finished once."""
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    with pytest.raises(Conflict):
        deeds.finish_inspection(people.keeper, inspection)
    with pytest.raises(Invalid):
        deeds.enter_stall(people.keeper, inspection, stall=" ", seen=[])
    with pytest.raises(Invalid):
        deeds.enter_stall(people.keeper, inspection, stall="A1", seen=[Seen("甲", "perhaps")])
    deeds.enter_stall(people.keeper, inspection, stall="A1", seen=[])
    for outsider in (people.elsewhere, people.stranger):
        with pytest.raises(Refused):
            deeds.enter_stall(outsider, inspection, stall="A2", seen=[])
        with pytest.raises(Refused):
            deeds.finish_inspection(outsider, inspection)
    deeds.finish_inspection(people.keeper, inspection)
    with pytest.raises(Conflict):
        deeds.enter_stall(people.keeper, inspection, stall="A2", seen=[])
    with pytest.raises(Conflict):
        deeds.finish_inspection(people.keeper, inspection)


def _sent(**lines: str) -> dict[str, str]:
    return {
        "stall": "B7", "operator_name": "张记鞋行", "seen-TOTAL_FORMS": "4",
        "seen-INITIAL_FORMS": "0",
    } | lines  # fmt: skip


def test_a_stall_is_entered_on_the_page_and_the_next_form_follows(people: Any) -> None:
    """Empty lines are left out; the inspection lists the stall."""
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    url = reverse("protection:stall-new", args=[inspection.pk])
    sent = _sent(**{"seen-0-mark_text": "七匹狼", "seen-0-shown": "no"})
    response = client_of(people.keeper).post(url, sent)
    assert response["Location"] == url
    text = page(people.keeper, inspection.get_absolute_url())
    assert "B7" in text
    assert "七匹狼" in text
    visit = inspection.visits.get()
    assert "张记鞋行" in page(people.keeper, visit.get_absolute_url())
    page(people.elsewhere, visit.get_absolute_url(), 404)
    page(people.stranger, visit.get_absolute_url(), 403)
    lead = Lead.objects.get(monitor="protection.markets")
    assert visit.get_absolute_url() in page(people.keeper, lead.get_absolute_url())


def test_half_a_line_is_refused_and_nothing_is_lost(people: Any) -> None:
    """A mark without answer and an answer without mark come back beside their fields."""
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    url = reverse("protection:stall-new", args=[inspection.pk])
    sent = _sent(**{"seen-0-mark_text": "七匹狼", "seen-1-shown": "yes"})
    response = client_of(people.keeper).post(url, sent)
    assert response.status_code == 422
    assert "张记鞋行" in response.content.decode()
    assert inspection.visits.count() == 0
    assert client_of(people.elsewhere).post(url, sent).status_code == 404


def test_a_photo_becomes_evidence_of_the_stall(people: Any, settings: Any, tmp_path: Any) -> None:
    """Taken with the form; what is no picture is refused with the form still filled."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.HOME = tmp_path
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    url = reverse("protection:stall-new", args=[inspection.pk])
    picture = SimpleUploadedFile("a.png", PNG)
    response = client_of(people.keeper).post(url, _sent() | {"photo": picture})
    assert response.status_code == 302, response.content.decode()[-3000:]
    visit = inspection.visits.get()
    assert "a.png" in page(people.keeper, visit.get_absolute_url())


def test_the_page_of_an_inspection_needs_no_query_per_stall(people: Any) -> None:
    """Ten stalls cost as many queries as one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    inspection = examples.inspection(people.keeper, people.colleague, 1)
    client = client_of(people.keeper)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(inspection.get_absolute_url()).status_code == 200
        return len(queries)

    deeds.enter_stall(people.keeper, inspection, stall="A0", seen=[Seen("甲牌", "yes")])
    count()
    few = count()
    for number in range(10):
        deeds.enter_stall(people.keeper, inspection, stall=f"B{number}", seen=[Seen("甲牌", "yes")])
    assert count() == few


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00"
    b"\x00\x00\x00IEND\xaeB`\x82"
)
