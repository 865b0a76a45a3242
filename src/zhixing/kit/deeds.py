"""A deed: one change, made in one transaction with its audit entry and its event.

An action checks permission and input, then does its work inside `deed(...)`; pages, imports, jobs
and the command line all call the action. The recorder is registered by the audit app at start-up,
so the kit does not know who keeps the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.dispatch import Signal

from zhixing.kit.actors import Actor
from zhixing.kit.masking import mask
from zhixing.kit.requests import request_id

# Sent after commit with `sender=Deed` and `deed=`; handlers look at `deed.code`.
done = Signal()


@dataclass(slots=True)
class Deed:
    """What was done, by whom, to what; filled while the `with` block runs."""

    actor: Actor
    code: str
    obj: models.Model | None
    reason: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    request_id: str = ""


Recorder = Callable[[Deed], None]
_recorders: list[Recorder] = []


def register_recorder(recorder: Recorder) -> None:
    """Name the function that writes each deed into the book (called once, by the audit app)."""
    _recorders[:] = [recorder]


def snapshot(obj: models.Model) -> dict[str, Any]:
    """The object's own columns as JSON values; fields named in `personal_fields` are masked."""
    personal: Mapping[str, str] = getattr(obj, "personal_fields", {})
    values: dict[str, Any] = {}
    for column in obj._meta.concrete_fields:
        value = column.value_from_object(obj)
        if column.name in personal:
            value = mask(personal[column.name], value)
        values[column.attname] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    try:
        return DjangoJSONEncoder().default(value)
    except TypeError:
        return str(value)


@contextmanager
def deed(
    actor: Actor,
    code: str,
    obj: models.Model | None = None,
    *,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Iterator[Deed]:
    """Run a change, its audit entry and its event in one transaction.

    Args:
        actor: who does it.
        code: what is done, `<noun>.<verb>`, e.g. `lead.dispose`.
        obj: the object changed; for a creation set `deed.obj` inside the block.
        reason: why, in the officer's words, where the deed asks for one.
        detail: further JSON facts for the audit entry, e.g. the counts of an import.

    Raises:
        RuntimeError: no recorder is registered, so nothing may be changed.
    """
    if not _recorders:
        raise RuntimeError("No deed can be done before the audit app has registered its recorder.")
    is_new = obj is None or obj._state.adding
    with transaction.atomic():
        act = Deed(actor, code, obj, reason, detail=dict(detail or {}), request_id=request_id())
        if obj is not None and not is_new:
            act.before = snapshot(obj)
        yield act
        if act.obj is not None and act.obj.pk is not None:
            act.after = snapshot(act.obj)
        if act.before and act.after:
            changed = {key for key in act.after if act.after[key] != act.before.get(key)}
            act.before = {key: value for key, value in act.before.items() if key in changed}
            act.after = {key: value for key, value in act.after.items() if key in changed}
        for recorder in _recorders:
            recorder(act)
        transaction.on_commit(lambda: done.send(sender=Deed, deed=act))
