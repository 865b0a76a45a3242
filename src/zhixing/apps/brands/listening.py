"""What the guard does when something arrives: it listens to the deeds of other rooms.

`kit.deeds.done` is sent after a deed is committed. A single name is judged at once, in the request
that brought it; a file, or a change of a list, queues a sweep of what is due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from zhixing.apps.brands.actions.judge_names import judge_names
from zhixing.apps.brands.actions.keep_watch_list import revise_watched_of
from zhixing.apps.brands.actions.rejudge_hits import names_rivalling, rejudge_hits_of
from zhixing.apps.brands.actions.sweep_names import sweep_what_is_due
from zhixing.apps.brands.models import NameKind, Sighting
from zhixing.apps.registry.api import NameSource, name_sources
from zhixing.kit.actors import SystemActor
from zhixing.kit.deeds import Deed, done

logger = logging.getLogger(__name__)
GUARD = SystemActor("brands guard")
# Which kinds of names an import brings.
IMPORTS: dict[str, tuple[str, ...]] = {
    "subjects": (NameKind.SUBJECT.value,),
    "trademarks": (NameKind.MARK.value,),
    "sightings": (NameKind.SHOP.value, NameKind.LISTING.value),
}
# Fields whose change makes a subject's, a mark's or a sighting's verdict another one.
OF_SUBJECT = {
    "name", "unit_path", "region_id", "industry", "kind", "status", "registered_on", "renamed_on",
    "ended_on", "legal_representative",
}  # fmt: skip
OF_MARK = {
    "text",
    "unit_path",
    "holder_id",
    "holder_name",
    "nice_classes",
    "similar_groups",
    "status",
}
OF_SIGHTING = {"text", "kind", "unit_path", "subject_id", "nice_classes", "seen_on"}


def listen() -> None:
    """Called once, when the app is ready."""
    done.connect(on_deed, sender=Deed, dispatch_uid="brands.listening")


def on_deed(deed: Deed, **_signal: Any) -> None:
    """Act on a deed that concerns names or lists.

    The deed is done: whatever goes wrong here is logged and left to the next sweep, which finds the
    name due.
    """
    handler = HANDLERS.get(deed.code)
    try:
        if handler is not None:
            handler(deed)
        for source in name_sources():
            _of_source(deed, source)
    except Exception:
        logger.exception("the brand guard could not act on %s; the next sweep will", deed.code)


def _subject(deed: Deed) -> None:
    if deed.code == "subject.create" or OF_SUBJECT & set(deed.after):
        key = _key(deed)
        judge_names(GUARD, NameKind.SUBJECT.value, [key, *names_rivalling(key)])


def _mark(deed: Deed) -> None:
    if deed.code == "mark.update" and OF_MARK & set(deed.after):
        revise_and_sweep([_key(deed)])
    if deed.code == "mark.create" or OF_MARK & set(deed.after):
        judge_names(GUARD, NameKind.MARK.value, [_key(deed)])


def revise_and_sweep(marks: list[int]) -> None:
    """Sweep again for brands whose registered marks have changed."""
    for unit_path in revise_watched_of(marks):
        sweep_what_is_due(GUARD, unit_path)


def _sighting(deed: Deed) -> None:
    if deed.code == "sighting.record" or OF_SIGHTING & set(deed.after):
        sighting = deed.obj
        assert isinstance(sighting, Sighting)
        judge_names(GUARD, sighting.kind, [sighting.pk])


def _of_source(deed: Deed, source: NameSource) -> None:
    """A row of a register that another app keeps, such as a product label."""
    fields = source.deeds.get(deed.code)
    if fields is not None and (not fields or set(fields) & set(deed.after)):
        judge_names(GUARD, source.kind, [_key(deed)])


def _import(deed: Deed) -> None:
    run: Any = deed.obj
    imports = IMPORTS | {source.importer: (source.kind,) for source in name_sources()}
    if run.importer in imports and (run.created_count or run.updated_count):
        top = run.unit_path.split("/")[0] + "/"
        kinds = imports[run.importer]
        sweep_what_is_due(GUARD, top, kinds=kinds, since=run.created)
    elif run.importer == "watch-list":
        sweep_what_is_due(GUARD, run.unit_path)
    elif run.importer == "authorisations":
        rejudge_hits_of(GUARD, since=run.created)


def _list(deed: Deed) -> None:
    mark: Any = deed.obj
    if deed.code == "watched_mark.add" or "revision" in deed.after:
        sweep_what_is_due(GUARD, mark.unit_path)


def _authorisation(deed: Deed) -> None:
    rejudge_hits_of(GUARD, contracts=[_key(deed)])


def _key(deed: Deed) -> int:
    assert deed.obj is not None
    return int(deed.obj.pk)


HANDLERS: Mapping[str, Callable[[Deed], None]] = {
    "subject.create": _subject,
    "subject.update": _subject,
    "mark.create": _mark,
    "mark.update": _mark,
    "sighting.record": _sighting,
    "sighting.change": _sighting,
    "import.finish": _import,
    "watched_mark.add": _list,
    "watched_mark.change": _list,
    "authorisation.create": _authorisation,
    "authorisation.update": _authorisation,
}
