"""The dry run lists every error and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.kit.exchange.conftest import Files, licence_number, uscc
from zhixing.apps.registry.models import Licence, Subject
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.exchange.actions import map_columns, start_import
from zhixing.kit.exchange.reading import delimited
from zhixing.kit.exchange.selectors import errors_page, runs_visible
from zhixing.kit.exchange.sheets import write_errors

Imported = Callable[..., Any]
HEAD = ["统一社会信用代码", "企业名称", "成立日期", "经营状态"]


def errors_of(run: Any) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in errors_page(run, 0, 1000)]


def wrong(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def test_all_errors_are_listed_by_row_and_column(imported: Imported, files: Files) -> None:
    """Several errors in a row and in several rows all appear, in the order of the rows."""
    rows = [
        HEAD,
        [uscc(1), "济南鑫源商贸有限公司", "2001-02-03", "在业"],
        [wrong(uscc(2)), "", "2001-02-30", "飞走了"],
        [uscc(3), "历下区鑫源超市", "昨天", ""],
        ["", "没有代码的店", "", ""],
    ]
    run = imported(files("a.csv", rows))
    assert sorted(errors_of(run)) == sorted(
        [(3, h) for h in HEAD] + [(4, "成立日期"), (5, "统一社会信用代码")]
    )
    assert [row for row, _column in errors_of(run)] == [3, 3, 3, 3, 4, 5]
    assert (run.row_count, run.bad_row_count, run.error_count) == (4, 3, 6)
    assert run.expected == {"created": 1, "updated": 0, "unchanged": 0}
    assert not Subject.objects.exists()


def test_a_wrong_check_character_names_the_right_one(imported: Imported, files: Files) -> None:
    """The message says what was expected, what came and what to do."""
    run = imported(files("a.csv", [HEAD, [wrong(uscc(1)), "鑫源", "", ""]]))
    fault = errors_page(run, 0, 1)[0]
    assert fault.value == wrong(uscc(1))
    assert uscc(1)[-1] in fault.expected
    assert fault.advice


def test_a_wrong_licence_digit_is_an_error(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """JY numbers are checked by MOD 11,10, other numbers are taken as they are."""
    Subject.objects.create(uscc=uscc(1), name="鑫源", unit_path=bureau.east.path)
    good = licence_number(1)
    rows = [
        ["许可证编号", "统一社会信用代码", "有效期至"],
        [good, uscc(1), "2030-01-01"],
        [good[:-1] + str((int(good[-1]) + 1) % 10), uscc(1), ""],
        ["鲁妆20160001", uscc(1), ""],
        [licence_number(2), uscc(9), ""],
    ]
    run = imported(files("a.csv", rows), slug="licences", actor=bureau.chief)
    assert errors_of(run) == [(3, "许可证编号"), (5, "统一社会信用代码")]
    assert not Licence.objects.exists()


def test_a_key_given_twice_names_both_rows(
    imported: Imported, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both rows are errors and each names the other, even when batches lie between them."""
    monkeypatch.setattr(delimited, "BATCH_ROWS", 3)
    rows = [[uscc(n), f"店{n}", "", ""] for n in range(10)]
    rows.insert(8, [uscc(1), "另一家", "", ""])
    rows[5][2] = "昨天"
    run = imported(files("a.csv", [HEAD, *rows]))
    faults = errors_page(run, 0, 10)
    assert errors_of(run) == [(3, HEAD[0]), (7, HEAD[2]), (10, HEAD[0])]
    assert "row 10" in faults[0].advice
    assert "row 3" in faults[2].advice
    assert run.expected["created"] == 8


def test_a_unique_value_of_another_row_is_an_error(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """A source key that another subject of the register has is refused before writing."""
    Subject.objects.create(
        uscc=uscc(7), name="先来的", external_key="K1", unit_path=bureau.east.path
    )
    head = ["统一社会信用代码", "名称", "主体编号"]
    theirs, own = [uscc(1), "后来的", "K1"], [uscc(7), "先来的", "K1"]
    assert errors_of(imported(files("a.csv", [head, theirs]))) == [(2, "主体编号")]
    assert errors_of(imported(files("b.csv", [head, own]))) == []


def test_unknown_columns_are_reported_and_may_be_assigned(imported: Imported, files: Files) -> None:
    """A heading nobody knows is named in the run; assigning it by hand takes its values."""
    path = files("a.csv", [["企业名称", "某列"], ["鑫源", "泉城路1号"]])
    assert imported(path).unknown_columns == ["某列"]
    run = imported(path, mapping={"某列": "address"})
    assert run.unknown_columns == []


@pytest.mark.parametrize(
    ("header", "mapping", "constants", "said"),
    [
        (["甲", "乙"], {}, {}, "headings"),
        (["企业名称", "主体名称"], {"主体名称": "name"}, {}, "several"),
        (["企业名称", "乙"], {"乙": "colour"}, {}, "colour"),
        (["地址", "乙"], {}, {}, "Name"),
        (["企业名称", "乙"], {}, {"status": "飞走了"}, "飞走了"),
        (["企业名称", "乙"], {"丙": "name"}, {}, "丙"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(
    imported: Imported,
    files: Files,
    header: list[str],
    mapping: dict[str, str],
    constants: dict[str, str],
    said: str,
) -> None:
    """Missing headings, a field twice, unknown fields, required fields, bad fixed values."""
    with pytest.raises(Invalid, match=said):
        imported(files("a.csv", [header, ["1", "2"]]), mapping=mapping, constants=constants)


def test_a_file_broken_further_on_fails_the_run(
    imported: Imported, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damage beyond the first rows is found by the check; the run says so."""
    from zhixing.kit.exchange.models import ImportRun

    monkeypatch.setattr(delimited, "BATCH_ROWS", 2)
    with pytest.raises(Invalid, match="line 4"):
        imported(files("a.csv", b'name,year\na,1998\nb,1999\n"c,2000\n' + b"d,1\n" * 60_000))
    run = ImportRun.objects.get()
    assert run.state == "failed"
    assert "line 4" in run.message


def test_the_error_file_holds_every_error(imported: Imported, files: Files) -> None:
    """The XLSX of errors has a row for each error, and pages find any of them."""
    import python_calamine

    rows = [["名称", "成立日期"], *[[f"店{n}", "昨天"] for n in range(450)]]
    run = imported(files("a.csv", rows))
    sheet = python_calamine.load_workbook(str(write_errors(run))).get_sheet_by_index(0)
    assert sheet.height == 451
    assert [fault.row for fault in errors_page(run, 440, 100)] == list(range(442, 452))


def test_another_office_cannot_see_or_touch_an_import(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """Neither the neighbouring district nor an officer without the role gets at a run."""
    path = files("a.csv", [["名称"], ["鑫源"]])
    run = imported(path)
    assert run in runs_visible(bureau.reporter)
    for officer in (bureau.neighbour, bureau.outsider):
        assert run not in runs_visible(officer)
        with pytest.raises(Refused):
            map_columns(officer, run, mapping={}, constants={})
    with pytest.raises(Refused):
        start_import(
            bureau.reporter, "subjects", file_name="a.csv", chunks=[b"a"], unit_path="3701/370103/"
        )
    with pytest.raises(Refused):
        start_import(
            bureau.outsider, "subjects", file_name="a.csv", chunks=[b"a"], unit_path="3701/370102/"
        )


def test_rows_kept_by_another_office_are_errors(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """A key that lies in a neighbouring district is an error, not an update across offices."""
    Subject.objects.create(uscc=uscc(1), name="邻区的店", unit_path=bureau.west.path)
    run = imported(files("a.csv", [HEAD, [uscc(1), "改名了", "", ""]]))
    assert errors_of(run) == [(2, HEAD[0])]
    run = imported(files("a.csv", [HEAD, [uscc(1), "改名了", "", ""]]), actor=bureau.chief)
    assert run.expected["updated"] == 1


def test_a_file_larger_than_allowed_is_refused(
    imported: Imported, files: Files, settings: Any
) -> None:
    """The limit is a setting, and the sentence says what to do."""
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(Invalid, match="split"):
        imported(files("a.csv", [["名称"], ["一家名字很长的商店"]]))


def test_a_finished_import_cannot_be_checked_again(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """Once writing has begun the columns stay as they were."""
    from tests.kit.exchange.conftest import quiet
    from zhixing.kit.exchange.committing import commit_run

    run = commit_run(imported(files("a.csv", [["名称"], ["鑫源"]])), bureau.reporter, quiet)
    with pytest.raises(Conflict):
        map_columns(bureau.reporter, run, mapping=run.mapping, constants={})
