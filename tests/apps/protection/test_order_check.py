"""The check of an OEM order, as a pure function: each doubt alone, from the wrong side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from zhixing.apps.protection import order_check, order_words
from zhixing.apps.protection.order_check import (
    ContractFacts,
    MarkFacts,
    OrderFacts,
    RivalFacts,
    check,
    worst,
)

MARK = MarkFacts(7, "山岭", 50, "海外时尚公司", (25,), True, date(2030, 1, 1))
OTHER = MarkFacts(8, "山岭", 60, "本地服饰有限公司", (25, 18), True, date(2030, 1, 1))
CONTRACT = ContractFacts(
    "HT-1", 7, "山岭", 50, "海外时尚公司", 90, "宏业服装有限公司", (25,), "中国境内及出口各国",
    False, False, date(2026, 1, 1), date(2026, 12, 31),
)  # fmt: skip
ORDER = OrderFacts(
    ordered_on=date(2026, 5, 1), delivered_on=date(2026, 8, 1), maker_key=90,
    maker_name="宏业服装有限公司", client_key=70, client_name="海外贸易行", mark_text="山岭",
    mark=MARK, contract=CONTRACT, classes=(25,), export_only=False, destination="德国",
    domestic_quantity=0, label_text="山岭 宏业服装有限公司 产地:中国海州",
)  # fmt: skip


def verdicts(order: OrderFacts) -> dict[str, str]:
    return {line.code: line.verdict for line in check(order)}


def doubts(order: OrderFacts) -> set[str]:
    return {code for code, verdict in verdicts(order).items() if verdict != "ok"}


def rival(**changes: Any) -> RivalFacts:
    return RivalFacts(replace(OTHER, **changes), True, 0.99, "相同")


def test_an_order_under_a_good_contract_is_in_order() -> None:
    """Mark in force, contract in term, parties, class, label: nothing is missing."""
    assert doubts(ORDER) == set()
    assert worst(check(ORDER)) == "ok"


def test_a_client_who_holds_the_mark_needs_no_contract() -> None:
    """By the register, or by the same full name when one of the two is not in it."""
    own = replace(ORDER, contract=None, client_key=50, client_name="甲")
    assert doubts(own) == set()
    by_name = replace(ORDER, contract=None, client_key=None, client_name=" 海外时尚公司 ")
    assert doubts(by_name) == set()
    namesake = replace(ORDER, contract=None, client_key=51, client_name="海外时尚公司")
    assert doubts(namesake) == {"right_other"}


@pytest.mark.parametrize(
    ("changes", "code", "verdict"),
    [
        ({"contract": None}, "right_other", "contradiction"),
        ({"contract": None, "mark": None}, "right_none", "missing"),
        ({"mark": None}, "mark_known", "missing"),
        ({"mark": replace(MARK, is_registered=False)}, "mark_not_registered", "contradiction"),
        ({"mark": replace(MARK, expires_on=None)}, "mark_term", "missing"),
        ({"mark": replace(MARK, expires_on=date(2026, 7, 31))}, "mark_ran_out", "contradiction"),
        ({"mark": replace(MARK, classes=(18,))}, "mark_classes", "contradiction"),
        ({"contract": replace(CONTRACT, is_ended=True)}, "contract_ended", "contradiction"),
        (
            {"contract": replace(CONTRACT, starts_on=date(2026, 5, 2))},
            "contract_term", "contradiction",
        ),
        (
            {"contract": replace(CONTRACT, ends_on=date(2026, 7, 31))},
            "contract_term", "contradiction",
        ),
        ({"contract": replace(CONTRACT, ends_on=None)}, "contract_open_term", "missing"),
        ({"contract": replace(CONTRACT, mark_key=9)}, "contract_mark", "contradiction"),
        (
            {"contract": replace(CONTRACT, grantee_key=91, grantee_name="别厂")},
            "contract_grantee", "contradiction",
        ),
        (
            {"contract": replace(CONTRACT, grantor_key=51, grantor_name="香港壳公司")},
            "contract_grantor", "missing",
        ),
        ({"contract": replace(CONTRACT, classes=())}, "contract_classes_unknown", "missing"),
        ({"contract": replace(CONTRACT, classes=(18,))}, "contract_classes", "contradiction"),
        ({"contract": replace(CONTRACT, territory="法国")}, "contract_territory", "missing"),
        (
            {"contract": replace(CONTRACT, export_only=True), "domestic_quantity": 1},
            "contract_export_only", "contradiction",
        ),
        ({"export_only": True, "domestic_quantity": 1}, "export_sold_here", "contradiction"),
        ({"export_only": True, "destination": " "}, "export_nowhere", "missing"),
        ({"label_text": ""}, "label_unknown", "missing"),
        ({"label_text": "产地:中国"}, "label_name", "missing"),
        ({"label_text": "宏业服装有限公司"}, "label_origin", "missing"),
        ({"rivals": (rival(),)}, "rival_same", "contradiction"),
        (
            {"rivals": (replace(rival(), is_same=False),)},
            "rival_like", "contradiction",
        ),
    ],
)  # fmt: skip
def test_each_doubt_is_found_and_no_other(changes: Any, code: str, verdict: str) -> None:
    """One changed fact brings its own line, first in the list, with its verdict."""
    order = replace(ORDER, **changes)
    found = verdicts(order)
    assert found[code] == verdict
    assert doubts(order) - {code} <= {"mark_known"}
    assert check(order)[0].verdict == worst(check(order))


@pytest.mark.parametrize(
    "changes",
    [
        {"is_registered": False},
        {"expires_on": date(2026, 4, 30)},
        {"classes": (30,)},
        {"key": 7},
        {"holder_key": 70, "holder_name": "海外贸易行"},
        {"holder_key": 50, "holder_name": "海外时尚公司"},
    ],
)
def test_a_mark_that_bars_nobody_is_no_rival(changes: dict[str, Any]) -> None:
    """Not in force, for other goods, the mark itself, or of the client or the grantor."""
    order = replace(ORDER, rivals=(rival(**changes),))
    assert verdicts(order)["no_rival"] == "ok"


def test_without_a_contract_the_label_is_nobodys_duty() -> None:
    """The duty to name maker and origin is the licensee's."""
    own = replace(ORDER, contract=None, client_key=50, label_text="")
    assert not {code for code in verdicts(own) if code.startswith("label")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_line_has_words_and_doubts_have_an_article(language: str) -> None:
    """Each code the check can give is put into words; what is wrong names the law."""
    from django.utils import translation

    source = order_check.__file__
    import re
    from pathlib import Path

    text = Path(source).read_text(encoding="utf-8")
    codes = set(re.findall(r'Line\(\s*"(\w+)"', text)) | {"mark_in_force", "mark_ran_out"}
    codes |= {"rival_same", "rival_like"}
    assert codes == set(order_words.WORDS)
    with translation.override(language):
        bad = replace(ORDER, contract=None, rivals=(rival(),))
        told = order_words.told([line.as_record() for line in check(bad)], ORDER.ordered_on)
    worse = [line for line in told if line.verdict == "contradiction"]
    assert len(worse) == 2
    assert all("57" in line.articles for line in worse)


def test_the_articles_follow_the_day_of_the_order() -> None:
    """An order of 2027 is measured by the text of 2026."""
    bad = replace(ORDER, contract=None, ordered_on=date(2027, 2, 1), delivered_on=None)
    told = order_words.told([line.as_record() for line in check(bad)], bad.ordered_on)
    assert "72" in told[0].articles


def test_the_worked_example_of_the_method_page_holds() -> None:
    """500 jackets marked 骆驼 for Germany, no contract, another holder: as the page says."""
    from pathlib import Path

    docs = Path(__file__).resolve().parents[3] / "docs" / "methods" / "order-check.md"
    example = (
        docs.read_text(encoding="utf-8").split("**Worked example.**")[1].split("**Leads.**")[0]
    )
    order = replace(
        ORDER, mark_text="骆驼", mark=None, contract=None, client_key=None, export_only=True,
        rivals=(rival(text="骆驼", holder_name="骆驼服饰有限公司"),),
    )  # fmt: skip
    found = verdicts(order)
    assert found == {
        "rival_same": "contradiction", "mark_known": "missing", "right_none": "missing",
        "export_only": "ok",
    }  # fmt: skip
    assert [code for code in found if f"`{code}`" not in example] == []
    assert worst(check(order)) == "contradiction"
