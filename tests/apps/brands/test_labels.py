"""Product labels: entered once where labels are kept, judged here, in whatever way they arrive."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.brands import examples
from tests.apps.brands.test_arrival import _run_waiting
from tests.apps.brands.test_sightings import PNG
from zhixing.apps.brands.api import Hit, Sighting
from zhixing.apps.brands.judging.texts import parts_of
from zhixing.apps.chains.api import Label, confirm_parties, update_label
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import NamedParty
from zhixing.kit.files.api import files_of
from zhixing.kit.testing.imports import import_text
from zhixing.kit.testing.suites import BACKEND

ACTOR = examples.ACTOR
pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "品名:方便面\n品牌:康帅傅\n生产商:海州市恒昌食品厂"


def test_one_entry_is_read_into_roles_and_judged(client: Any) -> None:
    """The page of the label says what it is like, the lead leads back to it."""
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    label = examples.label(people.keeper.unit_path, TEXT, place="江口镇超市")
    assert label.parties.filter(role="manufacturer").exists()
    lead = Lead.objects.get(monitor="brands")
    assert (lead.evidence["part"], lead.evidence["role"]) == ("康帅傅", "brand")
    client.force_login(people.keeper, backend=BACKEND)
    assert lead.get_absolute_url() in client.get(label.get_absolute_url()).content.decode()
    assert label.get_absolute_url() in client.get(lead.get_absolute_url()).content.decode()
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(label.get_absolute_url()).status_code == 404


def test_it_is_entered_from_the_shelf_with_a_photo(
    client: Any, settings: Any, tmp_path: Any
) -> None:
    """“Check a name” keeps a label where labels are kept, and leads to its page."""
    settings.HOME = tmp_path
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    client.force_login(people.keeper, backend=BACKEND)
    photo = SimpleUploadedFile("标签.png", PNG, "image/png")
    typed = {"kind": "label", "text": TEXT, "seen_at": "江口镇", "photo": photo, "do": "record"}
    page = client.post("/brands/check/", typed, follow=True)
    label = Label.objects.get()
    assert page.redirect_chain[-1][0] == label.get_absolute_url()
    assert (label.place, label.brand, files_of(label).count()) == ("江口镇", "康帅傅", 1)
    assert not Sighting.objects.exists()
    assert Hit.objects.get(name_kind="label").object_id == label.pk
    refused = client.post("/brands/check/", {"kind": "label", "text": "  ", "do": "record"})
    assert refused.status_code == 422
    client.force_login(people.stranger, backend=BACKEND)
    assert client.post("/brands/check/", typed).status_code == 403


def test_names_that_an_officer_corrects_are_judged_as_corrected() -> None:
    """A name misread is gone from the suspicion, the right one comes; both ways."""
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    label = examples.label(people.keeper.unit_path, "品牌:康宁\n生产商:海州市恒昌食品厂")
    assert not Hit.objects.exists()
    maker = ("manufacturer", "海州市恒昌食品厂")
    confirm_parties(people.keeper, label, [("brand", "康帅傅"), maker])
    hit = Hit.objects.get()
    assert (hit.standing, hit.like) == ("lead", "康师傅")
    label.refresh_from_db()
    confirm_parties(people.keeper, label, [("brand", "康宁"), maker])
    hit.refresh_from_db()
    assert hit.standing == "gone"


def test_a_changed_text_is_judged_and_another_field_is_not() -> None:
    """What decides nothing causes nothing."""
    label = examples.label(examples.cast().keeper.unit_path, "品牌:康宁")
    examples.watched(label.unit_path, "康师傅")
    update_label(ACTOR, label, {"number": "A-1"})
    assert not Hit.objects.exists()
    label.refresh_from_db()
    update_label(ACTOR, label, {"text": TEXT})
    assert Hit.objects.get().object_id == label.pk


def test_labels_of_a_file_are_judged_in_a_job_and_a_new_brand_meets_them(
    settings: Any, tmp_path: Any
) -> None:
    """The sweep of an import looks at labels alone; that of a brand at everything."""
    settings.HOME = tmp_path
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    _run_waiting()
    import_text(ACTOR, "labels", "标签编号,标签内容\nL1,品牌:康帅傅\nL2,品牌:王佬吉", path)
    (sweep,) = _run_waiting()
    assert (sweep.kinds, sweep.names, sweep.new_leads) == (["label"], 2, 1)
    examples.watched(path, "王老吉")
    (sweep,) = _run_waiting()
    assert (sweep.judged, sweep.tallies["label"]["new_leads"]) == (2, 1)


def test_parts_follow_the_parties_that_the_register_knows() -> None:
    """Their places count, a corrected name is looked for, one that is nowhere has no place."""
    text = "品牌:康帅傅\n净含量500g"
    known = [
        NamedParty("brand", "康帅傅", 3, 6), NamedParty("product", "净含量"),
        NamedParty("manufacturer", "海州市平安厂"),
    ]  # fmt: skip
    parts = {part.text: part for part in parts_of("label", text, known) if not part.is_window}
    assert (parts["康帅傅"].start, parts["康帅傅"].role) == (3, "brand")
    assert parts["净含量"].start == text.index("净含量")
    assert parts["海州市平安厂"].start is None
    assert not any(part.role for part in parts_of("label", text, []))
