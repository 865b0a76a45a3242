"""The house rules that ruff, mypy and import-linter cannot express, each a function of one tree.

A rule yields `(line, what is wrong)`; where it applies is decided by the path, relative to the
package. Ruff sees to naive dates, print, mark_safe, module-level random and f-strings in gettext.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

Complaint = tuple[int, str]
Rule = Callable[[ast.Module, PurePosixPath], Iterator[Complaint]]

# Where data may be written: deeds, the machinery deeds are made of, the demo and migrations.
WRITERS = {"actions", "kit", "demo", "migrations"}
# The audit's own book is written by the recorder, which is what a deed calls.
WRITING_FILES = {PurePosixPath("apps/audit/record.py"), PurePosixPath("apps/audit/chain.py")}
WRITES = {"save", "delete", "asave", "adelete"}
QUERYSET_WRITES = {
    "abulk_create", "acreate", "bulk_create", "bulk_update", "create", "delete", "get_or_create",
    "update", "update_or_create",
}  # fmt: skip
QUERYSET_STEPS = {
    "all",
    "exclude",
    "filter",
    "objects",
    "order_by",
    "select_for_update",
    "visible_to",
}
MONEY = re.compile(
    r"(^|_)(amount|price|fine|fines|penalty|fee|fees|budget|turnover|value_of_goods|yuan)($|_)"
)
CHINESE = re.compile(r"[一-鿿]")
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
           "pgettext_lazy"}  # fmt: skip


def views_ask_selectors(tree: ast.Module, path: PurePosixPath) -> Iterator[Complaint]:
    """A view holds no query: it calls a selector, which starts from the actor."""
    if "views" in path.parts or path.name in {"views.py", "urls.py"}:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                yield node.lineno, "a query in a view; call a selector, which starts from the actor"


def only_actions_write(tree: ast.Module, path: PurePosixPath) -> Iterator[Complaint]:
    """Nothing writes around the deeds."""
    if WRITERS.intersection(path.parts) or path in WRITING_FILES or path.parts[0] == "engines":
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        bare = name in WRITES and not node.args and not _is_super(node.func.value)
        queried = name in QUERYSET_WRITES and not QUERYSET_STEPS.isdisjoint(_chain(node.func.value))
        if bare or queried or name in {"bulk_create", "bulk_update"}:
            yield node.lineno, f".{name}() outside actions/; call the action, or write one"


def _is_super(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )


def _chain(node: ast.expr) -> set[str]:
    """The attribute names of `a.objects.filter(x).order_by(y)`."""
    names = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            return names


def money_is_decimal(tree: ast.Module, path: PurePosixPath) -> Iterator[Complaint]:
    """No amount of money is a float: not as a field, an annotation or a conversion."""
    if path.parts[0] == "engines":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and _mentions(node.annotation, "float"):
            names = [_name(node.target)]
        elif isinstance(node, ast.arg) and node.annotation and _mentions(node.annotation, "float"):
            names = [node.arg]
        elif isinstance(node, ast.Assign) and _called(node.value) in {"FloatField", "float"}:
            names = [_name(target) for target in node.targets]
        elif isinstance(node, ast.Call) and _called(node) == "float":
            names = [_name(argument) for argument in node.args]
        else:
            continue
        for name in filter(MONEY.search, names):
            yield node.lineno, f"{name} is money, so it is a Decimal, not a float"


def _mentions(annotation: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(annotation))


def _called(node: ast.expr) -> str:
    return _name(node.func) if isinstance(node, ast.Call) else ""


def _name(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def apps_are_entered_by_api(tree: ast.Module, path: PurePosixPath) -> Iterator[Complaint]:
    """An app imports of another app its `api` alone."""
    if path.parts[0] != "apps" or len(path.parts) < 3:
        return
    here = path.parts[1]
    for line, module in _imports(tree):
        parts = module.split(".")
        is_other_app = parts[:2] == ["zhixing", "apps"] and len(parts) > 2 and parts[2] != here
        if is_other_app and parts[3:4] != ["api"]:
            yield line, f"{module}: another app is entered through its api.py alone"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def message_ids_are_english(tree: ast.Module, path: PurePosixPath) -> Iterator[Complaint]:
    """The Chinese of a message stands in the catalogue, not in the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in GETTEXT:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and CHINESE.search(str(argument.value)):
                    yield node.lineno, f"message id {argument.value!r} is not English"


RULES: tuple[Rule, ...] = (
    apps_are_entered_by_api,
    message_ids_are_english,
    money_is_decimal,
    only_actions_write,
    views_ask_selectors,
)
