"""Questions about papers, asked by an actor."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from zhixing.kit.actors import Actor, require
from zhixing.kit.papers.models import Paper, PaperVersion


def papers_visible(actor: Actor) -> QuerySet[Paper]:
    """The papers of the actor's offices, newest first."""
    require(actor, "kit.view_paper")
    return Paper.objects.visible_to(actor).select_related("issued_by")


def papers_about(obj: models.Model) -> QuerySet[Paper]:
    """The papers about an object, for whoever may see the object."""
    kind = ContentType.objects.get_for_model(obj)
    return Paper.objects.filter(content_type=kind, object_id=obj.pk).order_by("pk")


def versions_of(paper: Paper) -> list[PaperVersion]:
    """The versions of a paper with their files, the newest first."""
    return list(paper.versions.select_related("docx", "pdf"))
