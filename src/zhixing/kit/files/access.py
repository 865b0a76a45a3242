"""Who may see the evidence of an object and who may add to it; each app says so for its models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor
from zhixing.kit.errors import Refused
from zhixing.kit.files.models import EvidenceFile, EvidenceLink
from zhixing.kit.scope import is_within

Viewer = Callable[[Actor, models.Model], bool]
_viewers: dict[type[models.Model], tuple[Viewer, Viewer]] = {}


def register_viewer(model: type[models.Model], may_view: Viewer, may_attach: Viewer) -> None:
    """Say who may see the files of a model's objects and who may add one (at start-up)."""
    _viewers[model] = (may_view, may_attach)


def may_view(actor: Actor, obj: models.Model) -> bool:
    """Whether the actor may see the object's evidence; nobody, for a model nobody registered."""
    viewers = _viewers.get(type(obj))
    return viewers is not None and viewers[0](actor, obj)


def may_attach(actor: Actor, obj: models.Model) -> bool:
    """Whether the actor may add evidence to the object: who may not see it may not add to it."""
    viewers = _viewers.get(type(obj))
    return viewers is not None and viewers[0](actor, obj) and viewers[1](actor, obj)


def require_attach(actor: Actor, obj: models.Model) -> None:
    """Pass if the actor may add evidence to the object.

    Raises:
        Refused: the actor may not.
    """
    if not may_attach(actor, obj):
        raise Refused(
            _("Your office or role does not allow this. Ask the office head if you need it.")
        )


def may_read(actor: Actor, file: EvidenceFile) -> bool:
    """Whether the actor may see one of the objects that the file is evidence of.

    A file linked to nothing (a mark's picture before it is saved) is for its own office.
    """
    links = list(file.links.select_related("content_type"))
    if not links:
        return is_within(file.unit_path, actor.scope_paths)
    targets = (link.target for link in links)
    return any(target is not None and may_view(actor, target) for target in targets)


def file_visible(actor: Actor, pk: int) -> EvidenceFile:
    """The file, for an actor who may read it.

    Raises:
        Http404: there is none, or the actor may not know that there is.
    """
    found: EvidenceFile = get_object_or_404(EvidenceFile._default_manager, pk=pk)
    if not may_read(actor, found):
        raise Http404
    return found


def target_visible(actor: Actor, app_label: str, model_name: str, pk: int) -> Any:
    """The object that evidence is about, for an actor who may see it.

    Raises:
        Http404: there is none, or the actor may not know that there is.
    """
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if model not in _viewers:
        raise Http404
    found = get_object_or_404(model._default_manager, pk=pk)
    if not may_view(actor, found):
        raise Http404
    return found


def links_of(obj: models.Model) -> QuerySet[EvidenceLink]:
    """The object's evidence with its captions, newest first."""
    kind = ContentType.objects.get_for_model(obj)
    return (
        EvidenceLink.objects.filter(content_type=kind, object_id=obj.pk)
        .select_related("file")
        .order_by("-file_id")
    )


def files_of(obj: models.Model) -> QuerySet[EvidenceFile]:
    """The object's evidence files, newest first."""
    kind = ContentType.objects.get_for_model(obj)
    files: QuerySet[EvidenceFile] = EvidenceFile.objects.filter(
        links__content_type=kind, links__object_id=obj.pk
    )
    return files
