"""The watch list, by the generic suite, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.apps.brands import examples
from zhixing.apps.brands.api import add_watched_mark
from zhixing.apps.brands.registers import WatchedMarkRegister
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.testing.suites import Cast, RegisterSuite


class TestWatchList(RegisterSuite):
    """Watched brands."""

    register = WatchedMarkRegister
    filtering = ({"protection": "foreign"}, {"protection": "foreign"}, {"protection": "local"})
    searching = ("山泉", {"text": "农夫山泉"}, {"text": "泉山"})
    typed = {"text": "康师傅", "protection": "well_known"}
    wrong = ("text", "康")
    change = ("holder_name", "康师傅控股有限公司")
    other_change = ("note", "重点保护")
    bulk = ("protection", "local")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.watched(officer.unit_path, **({"text": f"品牌{number}"} | values))

    def import_file(self, cast: Cast) -> tuple[str, int]:
        return "品牌,保护级别\n康师傅,驰名商标\n飘柔,涉外", 2


@pytest.mark.django_db
def test_a_brand_is_watched_once_and_by_its_own_office() -> None:
    """The same text twice is refused, and so is another office's list."""
    people = examples.cast()
    add_watched_mark(people.keeper, {"text": "王老吉"})
    with pytest.raises(Invalid):
        add_watched_mark(people.colleague, {"text": "王老吉"})
    with pytest.raises(Refused):
        add_watched_mark(people.keeper, {"text": "伊利", "unit_path": people.elsewhere.unit_path})
