"""`{% evidence object %}`: the object's evidence files, with the way to add one."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.urls import reverse

from zhixing.kit.files import access

register = template.Library()


@register.inclusion_tag("kit/files/evidence.html", takes_context=True)
def evidence(context: template.Context, obj: models.Model) -> dict[str, Any]:
    """What the officer looking at the page may see of the object's evidence, newest first."""
    actor = context["request"].user
    links = access.links_of(obj) if access.may_view(actor, obj) else []
    names = [obj._meta.app_label, obj._meta.model_name, obj.pk]
    may_attach = access.may_attach(actor, obj)
    return {"links": links, "attach_url": reverse("files:attach", args=names) if may_attach else ""}
