"""The papers about an object, on the page of that object."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from zhixing.kit.papers.selectors import papers_about, versions_of

register = template.Library()


@register.inclusion_tag("kit/papers/papers.html", takes_context=True)
def papers(context: template.Context, obj: models.Model) -> dict[str, Any]:
    """Number, state and newest files of each paper that the officer may see."""
    actor = context["request"].user
    seen = [paper for paper in papers_about(obj) if actor.has_perm("kit.view_paper", paper)]
    return {"papers": [(paper, versions_of(paper)[0]) for paper in seen]}
