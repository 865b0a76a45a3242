"""Search in Chinese: one- and two-character words on an index, in SQLite and in PostgreSQL.

Trigram indexes miss words of two characters. So a real column holds the text with every Chinese
character as a word of its own, and a word searched for becomes a phrase of its characters. A model
stores `split_for_search(name, code, …)` in the column; `AddTextSearch` puts the index on it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

M = TypeVar("M", bound=models.Model)

# Characters written without spaces between words: Han with its rare planes, kana, hangul.
_SINGLE = (
    "々〇\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKENS = re.compile(f"[{_SINGLE}]|[^\\W_{_SINGLE}]+")
_IS_SINGLE = re.compile(f"[{_SINGLE}]")


def split_for_search(*texts: str) -> str:
    """The texts in lower case and single width, words and Chinese characters parted by spaces.

    >>> split_for_search("康师傅Tea-3号", "ＡＢ１２")
    '康 师 傅 tea 3 号 ab12'
    """
    return " ".join(token for text in texts for token in _tokens(text))


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(unicodedata.normalize("NFKC", text).lower())


class _Matches(models.Expression):
    """The condition that a text-search column holds all phrases."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, table: str, column: str, phrases: list[list[str]]) -> None:
        super().__init__(output_field=models.BooleanField())
        self.table, self.column, self.phrases = table, column, phrases

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:
        index = connection.ops.quote_name(_index_name(self.table))
        row = self._qualified(compiler, connection, "id")
        terms = " AND ".join(
            f'"{" ".join(phrase)}"{"" if _IS_SINGLE.match(phrase[-1]) else " *"}'
            for phrase in self.phrases
        )
        return f"{row} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [terms]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:
        vector = self._qualified(compiler, connection, _vector_name(self.column))
        terms = " & ".join(
            "("
            + " <-> ".join(
                f"'{token}'{':*' if last and not _IS_SINGLE.match(token) else ''}"
                for last, token in _with_last(phrase)
            )
            + ")"
            for phrase in self.phrases
        )
        return f"{vector} @@ to_tsquery('simple', %s)", [terms]

    def _qualified(self, compiler: Any, connection: Any, column: str) -> str:
        alias = compiler.query.get_initial_alias()
        return f"{compiler.quote_name_unless_alias(alias)}.{connection.ops.quote_name(column)}"


def _with_last(phrase: list[str]) -> list[tuple[bool, str]]:
    return [(place == len(phrase), token) for place, token in enumerate(phrase, start=1)]


def search(
    queryset: models.QuerySet[M], text: str, *, column: str = "search_text"
) -> models.QuerySet[M]:
    """The rows that hold every word of `text`, each as a run of its characters.

    A Latin word or number also finds what begins with it. Empty text changes nothing; text without
    any letter or digit finds nothing. The column needs an `AddTextSearch` migration.
    """
    if not text.strip():
        return queryset
    phrases = [tokens for word in text.split() if (tokens := _tokens(word))]
    if not phrases:
        return queryset.none()
    return queryset.filter(_Matches(queryset.model._meta.db_table, column, phrases))


def _index_name(table: str) -> str:
    return f"{table}_fts"


def _vector_name(column: str) -> str:
    return f"{column}_vector"


class AddTextSearch(Operation):
    """Index a column of split text: FTS5 with triggers on SQLite, a stored tsvector on PostgreSQL.

    Both follow every insert and update by themselves, so bulk writing needs nothing more.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, column: str = "search_text") -> None:
        self.model_name, self.column = model_name, column

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are: the index is the database's own matter."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            _create(schema_editor, model._meta.db_table, self.column)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            _drop(schema_editor, model._meta.db_table, self.column)

    def describe(self) -> str:
        return f"Index {self.column} of {self.model_name} for search in Chinese"

    @property
    def migration_name_fragment(self) -> str:
        return f"search_{self.model_name.lower()}"


def _create(editor: BaseDatabaseSchemaEditor, table: str, column: str) -> None:
    if editor.connection.vendor == "sqlite":
        # The column holds finished tokens, so the plainest tokenizer is the right one: unicode61
        # follows Unicode 6.1 and would take newer characters (𬭎) for separators.
        editor.execute(
            f'CREATE VIRTUAL TABLE "{_index_name(table)}" USING fts5('
            f"\"{column}\", content='{table}', content_rowid='id', tokenize='ascii', columnsize=0)"
        )
        _create_triggers(editor.execute, table, column)
        index = _index_name(table)
        editor.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')')
    else:
        vector = _vector_name(column)
        editor.execute(
            f'ALTER TABLE "{table}" ADD COLUMN "{vector}" tsvector '
            f"GENERATED ALWAYS AS (to_tsvector('simple', \"{column}\")) STORED"
        )
        editor.execute(f'CREATE INDEX "{table}_{vector}" ON "{table}" USING gin ("{vector}")')


def _drop(editor: BaseDatabaseSchemaEditor, table: str, column: str) -> None:
    if editor.connection.vendor == "sqlite":
        _drop_triggers(editor.execute, table)
        editor.execute(f'DROP TABLE "{_index_name(table)}"')
    else:
        editor.execute(f'ALTER TABLE "{table}" DROP COLUMN "{_vector_name(column)}"')


def _create_triggers(execute: Any, table: str, column: str) -> None:
    index = _index_name(table)
    remove = (
        f'INSERT INTO "{index}"("{index}", rowid, "{column}") '
        f"VALUES ('delete', old.id, old.\"{column}\");"
    )
    add = f'INSERT INTO "{index}"(rowid, "{column}") VALUES (new.id, new."{column}");'
    for event, body in (
        ("insert", add),
        ("delete", remove),
        (f'update OF "{column}"', remove + add),
    ):
        name = event.split()[0]
        execute(f'CREATE TRIGGER "{index}_{name}" AFTER {event} ON "{table}" BEGIN {body} END')


def _drop_triggers(execute: Any, table: str) -> None:
    for event in ("insert", "delete", "update"):
        execute(f'DROP TRIGGER IF EXISTS "{_index_name(table)}_{event}"')


def restore_triggers(connection: Any) -> list[str]:
    """Put back the triggers that a later migration lost; the names of the tables repaired.

    Django changes a SQLite table by copying it, which leaves its triggers behind. Runs after every
    `migrate`.
    """
    if connection.vendor != "sqlite":
        return []
    repaired = []
    with connection.cursor() as cursor:
        for table, column in _indexed_columns(cursor).items():
            index = _index_name(table)
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
                " AND name LIKE %s",
                [table, f"{index}_%"],
            )
            if cursor.fetchone()[0] < 3:
                _drop_triggers(cursor.execute, table)
                _create_triggers(cursor.execute, table, column)
                cursor.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')')
                repaired.append(table)
    return repaired


def restore_after_migrate(using: str, **_signal: Any) -> None:
    """Runs `restore_triggers` at the end of `migrate` (connected by the kit's app)."""
    restore_triggers(connections[using])


def _indexed_columns(cursor: Any) -> dict[str, str]:
    """Table → column of every index on this SQLite database."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%%using fts5%%'"
    )
    return {
        name.removesuffix("_fts"): sql.split('fts5("')[1].split('"')[0]
        for name, sql in cursor.fetchall()
    }


@contextmanager
def indexed_at_once(table: str, keys: Sequence[int] | None = None) -> Iterator[None]:
    """Index the rows written in the block by one statement after it, not row by row.

    On SQLite a trigger makes the index flush at every row: 30 µs a row against 3 (measured). Inside
    the caller's transaction the triggers are set aside, so nobody ever sees the table without them.

    Args:
        table: the table written to; one without an index is left alone.
        keys: the rows that the block updates; None when it only inserts.
    """
    if connection.vendor != "sqlite":
        yield
        return
    if not connection.in_atomic_block:
        raise RuntimeError("Rows are indexed at once only inside a transaction.")
    with connection.cursor() as cursor:
        column = _indexed_columns(cursor).get(table)
        if column is None:
            yield
            return
        index = _index_name(table)
        fields = f'rowid, "{column}"'
        if keys is None:
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            where, params = "id > %s", [cursor.fetchone()[0]]
        else:
            where, params = "id IN (SELECT value FROM json_each(%s))", [json.dumps(list(keys))]
            cursor.execute(
                f'INSERT INTO "{index}"("{index}", {fields}) '
                f'SELECT \'delete\', id, "{column}" FROM "{table}" WHERE {where}',
                params,
            )
        _drop_triggers(cursor.execute, table)
        yield
        cursor.execute(
            f'INSERT INTO "{index}"({fields}) SELECT id, "{column}" FROM "{table}" WHERE {where}',
            params,
        )
        _create_triggers(cursor.execute, table, column)
