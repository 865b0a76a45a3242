"""The deeds of the registry, from the right side and from the wrong one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from tests.apps.registry import examples
from zhixing.apps.registry.actions.keep_subjects import remove_person
from zhixing.apps.registry.api import (
    add_person,
    create_licence,
    create_mark,
    create_subject,
    marks_visible,
    subjects_visible,
    update_licence,
    update_mark,
    update_subject,
)
from zhixing.apps.registry.models import SubjectPerson
from zhixing.apps.registry.registers import LicenceRegister
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.register import Stale

pytestmark = pytest.mark.django_db


def test_a_wrong_check_character_says_what_was_expected_and_found() -> None:
    """The sentence names both characters, so that the officer can compare."""
    code = examples.uscc(1)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Invalid) as caught:
        examples.subject("1/", 1, uscc=wrong)
    (sentence,) = caught.value.fields["uscc"]
    assert code[-1] in sentence
    assert wrong[-1] in sentence


def test_a_wrong_check_digit_says_what_was_expected_and_found() -> None:
    """The same for the number of a licence."""
    number = examples.licence_number(1)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(Invalid) as caught:
        examples.licence("1/", 1, number=wrong)
    (sentence,) = caught.value.fields["number"]
    assert number[-1] in sentence
    assert wrong[-1] in sentence


def test_a_number_of_another_kind_is_refused() -> None:
    """A JY number is no production licence."""
    with pytest.raises(Invalid) as caught:
        examples.licence("1/", 1, kind="SC")
    assert "number" in caught.value.fields


def test_other_licences_have_no_check_digit() -> None:
    """Numbers of other licences are kept as they are, but for spaces and width."""
    assert examples.licence("1/", 1, kind="OTHER", number=" 鲁食１２３ ").number == "鲁食123"


def test_a_code_belongs_to_one_subject() -> None:
    """The second subject of a code is refused, naming the first."""
    first = examples.subject("1/", 1)
    with pytest.raises(Invalid, match=first.name):
        examples.subject("1/", 2, uscc=first.uscc)


def test_subjects_without_a_code_are_many() -> None:
    """Real name lists have no codes; several such subjects stand side by side."""
    rows = [examples.subject("1/", number, uscc="") for number in (1, 2)]
    assert [row.uscc for row in rows] == [None, None]


def test_the_parts_of_the_name_follow_the_name() -> None:
    """Entering and renaming both fill the parts and what search reads."""
    row = examples.subject("1/", 1, name="海之韵食品有限公司")
    assert (row.trade_name, row.form) == ("海之韵", "有限公司")
    changed = update_subject(examples.SYSTEM, row, {"name": "绿野食品有限公司"})
    assert changed.trade_name == "绿野"
    assert "绿 野" in changed.search_text


def test_officers_of_another_office_are_refused() -> None:
    """No deed of the registry reaches into another office."""
    cast = examples.cast()
    row = examples.subject(cast.keeper.unit_path, 1)
    licence = examples.licence(cast.keeper.unit_path, 2)
    mark = examples.mark(cast.keeper.unit_path, 3)
    person = add_person(cast.keeper, row, {"role": "head", "name": "王小明"})
    far = cast.elsewhere
    deeds = [
        lambda: update_subject(far, row, {"status": "revoked"}),
        lambda: update_licence(far, licence, {"status": "revoked"}),
        lambda: update_mark(far, mark, {"status": "expired"}),
        lambda: add_person(far, row, {"role": "head", "name": "x"}),
        lambda: remove_person(far, person, reason="x"),
        lambda: create_licence(far, {"subject": row, "kind": "OTHER", "number": "1"}),
        lambda: create_subject(far, {"name": "x", "unit_path": cast.keeper.unit_path}),
        lambda: create_mark(far, {"text": "x", "unit_path": cast.keeper.unit_path}),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert len(entries_for(row)) == 1
    assert SubjectPerson.objects.count() == 1


def test_a_subject_cannot_be_pushed_into_another_office() -> None:
    """Moving a subject needs both offices to be the officer's."""
    cast = examples.cast()
    row = examples.subject(cast.keeper.unit_path, 1)
    with pytest.raises(Refused):
        update_subject(cast.keeper, row, {"unit_path": cast.elsewhere.unit_path})
    row.refresh_from_db()
    assert row.unit_path == cast.keeper.unit_path


def test_licences_move_with_their_subject() -> None:
    """A district head moves a subject between offices; its licences follow."""
    offices = make_offices()
    head = make_officer(offices.district, "head")
    row = examples.subject(offices.office.path, 1)
    licence = examples.licence("", 2, subject=row)
    update_subject(head, row, {"unit_path": offices.other_office.path})
    licence.refresh_from_db()
    assert licence.unit_path == offices.other_office.path


def test_an_old_stamp_is_stale() -> None:
    """Whoever saves over a change they have not seen is stopped."""
    row = examples.subject("1/", 1)
    stamp = row.updated
    update_subject(examples.SYSTEM, row, {"address": "a"}, stamp=stamp)
    with pytest.raises(Stale):
        update_subject(examples.SYSTEM, row, {"address": "b"}, stamp=stamp)


def test_only_fields_of_the_form_can_be_set() -> None:
    """What the platform derives cannot be given."""
    row = examples.subject("1/", 1)
    with pytest.raises(Invalid, match="search_text"):
        update_subject(examples.SYSTEM, row, {"search_text": "x"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nice_classes": [0]}, "nice_classes"),
        ({"nice_classes": ["x"]}, "nice_classes"),
        ({"similar_groups": ["300"]}, "similar_groups"),
        ({"protection": ["famous"]}, "protection"),
        ({"registered_on": date(2020, 1, 2), "expires_on": date(2020, 1, 1)}, "expires_on"),
    ],
)
def test_a_mark_that_cannot_be_right_is_refused(values: dict[str, object], field: str) -> None:
    """Classes, groups, protection and days are checked."""
    with pytest.raises(Invalid) as caught:
        examples.mark("1/", 1, **values)
    assert list(caught.value.fields) == [field]


def test_marks_of_the_bureau_are_seen_by_all_its_offices() -> None:
    """A mark looked after by the bureau is for everyone below it; a sister office's is not."""
    offices = make_offices()
    officer = make_officer(offices.office, "officer")
    bureau = examples.mark(offices.bureau.path, 1)
    own = examples.mark(offices.office.path, 2)
    examples.mark(offices.other_office.path, 3)
    assert set(marks_visible(officer)) == {bureau, own}
    with pytest.raises(Refused):
        update_mark(officer, bureau, {"status": "expired"})


def test_an_auditor_does_not_read_the_registers() -> None:
    """The book is the auditor's, not the business."""
    with pytest.raises(Refused):
        subjects_visible(examples.cast().stranger)


def test_a_licence_past_its_day_has_run_out_in_every_list() -> None:
    """In force by status, past its last day: lists and files say that it ran out."""
    cast = examples.cast()
    today = timezone.localdate()
    old = examples.licence(cast.keeper.unit_path, 1, valid_to=today - timedelta(1))
    last_day = examples.licence(cast.keeper.unit_path, 2, valid_to=today)
    column = LicenceRegister.column("status")
    assert column is not None
    assert column.raw_values([old, last_day]) == ["ran_out", "valid"]
    first, second = column.values([old, last_day])
    assert first != second == last_day.get_status_display()


def test_evidence_of_a_subject_is_added_and_seen_by_its_office_alone() -> None:
    """The page shows the file to its own office; another office gets neither page nor file."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from zhixing.kit.errors import Refused
    from zhixing.kit.files.api import attach, may_read
    from zhixing.kit.testing.suites import BACKEND

    people = examples.cast()
    subject = examples.subject(people.keeper.unit_path, 1)
    upload = SimpleUploadedFile("门头.txt", "现场记录".encode())
    with pytest.raises(Refused):
        attach(people.elsewhere, subject, upload)
    upload.seek(0)
    file = attach(people.keeper, subject, upload, caption="门头照片说明")
    assert may_read(people.colleague, file)
    assert not may_read(people.elsewhere, file)
    client = Client()
    client.force_login(people.keeper, backend=BACKEND)
    assert "门头照片说明" in client.get(subject.get_absolute_url()).content.decode()
