"""Search in Chinese, on both databases alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from hypothesis import given
from hypothesis import strategies as st

from zhixing.kit.search import (
    AddTextSearch,
    indexed_at_once,
    restore_triggers,
    search,
    split_for_search,
)

NAMES = [
    "济南康师傅商贸有限公司",
    "康帅傅食品经营部",
    "傅师康小吃",
    "鑫源超市(二店)",
    "ABC Tea 3号店",
    "𬭎泰五金",
    "100%棉",
]


class Migrated:
    """Migration operations done one after the other, and undone."""

    def __init__(self) -> None:
        self.states = [ProjectState()]
        self.done: list[Any] = []

    def do(self, operation: Any) -> None:
        before = self.states[-1]
        after = before.clone()
        operation.state_forwards("kit", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("kit", editor, before, after)
        self.states.append(after)
        self.done.append(operation)

    def undo(self) -> None:
        after = self.states.pop()
        with connection.schema_editor() as editor:
            self.done.pop().database_backwards("kit", editor, after, self.states[-1])

    @property
    def model(self) -> Any:
        return self.states[-1].apps.get_model("kit", "shop")


@pytest.fixture
def migrated(transactional_db: None) -> Iterator[Migrated]:
    """A table of names with the index on it, made as a migration makes it."""
    migrated = Migrated()
    columns = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=100)),
        ("search_text", models.TextField()),
    ]
    migrated.do(migrations.CreateModel("Shop", columns))
    shops = migrated.model.objects
    shops.bulk_create(migrated.model(name=n, search_text=split_for_search(n)) for n in NAMES[:3])
    migrated.do(AddTextSearch("shop"))
    shops.bulk_create(migrated.model(name=n, search_text=split_for_search(n)) for n in NAMES[3:])
    yield migrated
    while migrated.done:
        migrated.undo()


@pytest.fixture
def shops(migrated: Migrated) -> Any:
    """The model of that table."""
    return migrated.model


def found(shops: Any, text: str) -> list[int]:
    return [NAMES.index(shop.name) for shop in search(shops.objects.order_by("pk"), text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("康", [0, 1, 2]),
        ("师傅", [0]),
        ("康师傅", [0]),
        ("傅", [0, 1, 2]),
        ("康 商贸", [0]),
        ("商贸 康", [0]),
        ("超市二店", [3]),
        ("abc", [4]),
        ("AB", [4]),
        ("bc", []),
        ("ＡＢＣ", [4]),
        ("te", [4]),
        ("tea 3号", [4]),
        ("𬭎", [5]),
        ("𬭎泰", [5]),
        ("100", [6]),
        ("", list(range(len(NAMES)))),
        ("%", []),
        ("康 %", [0, 1, 2]),
    ],
)
def test_words_of_any_length_are_found(shops: Any, text: str, places: list[int]) -> None:
    """One and two characters, rare ones, Latin beginnings, several words in any order."""
    assert found(shops, text) == places


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "康 OR 鑫",
        "NEAR(康 傅)",
        "康*",
        "-康",
        "search_text:康",
        "康 & | ! <-> :*",
        "\\",
        "康') --",
    ],
)
def test_signs_of_the_query_language_are_text(shops: Any, text: str) -> None:
    """Nothing in the input is taken for an operator, and nothing breaks."""
    assert set(found(shops, text)) <= {0, 1, 2}


def test_the_index_follows_every_change(shops: Any) -> None:
    """Bulk inserts, updates and deletes are found at once."""
    shop = shops.objects.get(name=NAMES[3])
    shops.objects.filter(pk=shop.pk).update(search_text=split_for_search("德源超市"))
    assert found(shops, "鑫源") == []
    assert found(shops, "德源") == [3]
    shop.delete()
    assert found(shops, "德源") == []


def test_rows_indexed_at_once_are_found_like_others(shops: Any) -> None:
    """What importers write set-wise is found, and later changes are followed again."""
    table = shops._meta.db_table
    with transaction.atomic(), indexed_at_once(table):
        new = shops.objects.create(name="x", search_text=split_for_search("泉城广场"))
    assert search(shops.objects.all(), "泉城").get() == new
    with transaction.atomic(), indexed_at_once(table, [new.pk]):
        shops.objects.filter(pk=new.pk).update(search_text=split_for_search("大明湖"))
    assert not search(shops.objects.all(), "泉城").exists()
    assert search(shops.objects.all(), "大明湖").get() == new
    shops.objects.filter(pk=new.pk).update(search_text=split_for_search("千佛山"))
    assert not search(shops.objects.all(), "大明湖").exists()
    assert search(shops.objects.all(), "佛山").get() == new


def test_a_failed_import_leaves_the_index_as_it_was(shops: Any) -> None:
    """A transaction that fails while rows are indexed at once takes nothing with it."""

    def fail() -> None:
        with transaction.atomic(), indexed_at_once(shops._meta.db_table):
            shops.objects.create(name="x", search_text=split_for_search("泉城"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not search(shops.objects.all(), "泉城").exists()
    shops.objects.create(name="y", search_text=split_for_search("泉城"))
    assert search(shops.objects.all(), "泉城").count() == 1


@pytest.mark.sqlite
def test_triggers_lost_by_a_later_migration_come_back(migrated: Migrated) -> None:
    """Django copies a SQLite table to change it, which drops triggers; migrate restores them."""
    migrated.do(migrations.AlterField("shop", "name", models.CharField(max_length=200, null=True)))
    shops = migrated.model
    assert restore_triggers(connection) == [shops._meta.db_table]
    assert restore_triggers(connection) == []
    shops.objects.create(name="z", search_text=split_for_search("泉城"))
    assert search(shops.objects.all(), "泉城").count() == 1
    assert found(shops, "师傅") == [0]


def test_search_combines_with_other_filters(shops: Any) -> None:
    """The condition may stand with others, be negated and counted."""
    rows = search(shops.objects.filter(name__contains="公司"), "康")
    assert rows.count() == 1
    assert search(shops.objects.exclude(name__contains="公司"), "康").count() == 2


def test_text_is_split_into_characters_and_words() -> None:
    """Characters stand alone, words and numbers whole, in lower case and single width."""
    assert split_for_search("康师傅Tea-3号", "ＡＢ１２") == "康 师 傅 tea 3 号 ab12"


@given(st.text(), st.text())
def test_splitting_is_stable(first: str, second: str) -> None:
    """Splitting split text changes nothing, and two texts are split one after the other."""
    once = split_for_search(first)
    assert split_for_search(once) == once
    both = f"{once} {split_for_search(second)}".strip()
    assert split_for_search(first, second) == both
