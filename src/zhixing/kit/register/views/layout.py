"""What an officer keeps of a list: columns, and filters under a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.register import actions
from zhixing.kit.register.base import Register
from zhixing.kit.register.selectors import saved_filters
from zhixing.kit.requests import OfficerRequest


@require_POST
def choose_columns(request: OfficerRequest, register: type[Register]) -> HttpResponse:
    """Keep the ticked columns and go back to the list."""
    try:
        actions.choose_columns(request.user, register, request.POST.getlist("column"))
    except Invalid as error:
        messages.error(request, str(error))
    return _back(request, register)


@require_POST
def save_filter(request: OfficerRequest, register: type[Register]) -> HttpResponse:
    """Keep the filter in force under a name."""
    try:
        kept = actions.save_filter(
            request.user,
            register,
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            is_shared=bool(request.POST.get("is_shared")),
        )
        messages.success(request, _("Saved as “%(name)s”.") % {"name": kept.name})
    except Invalid as error:
        messages.error(request, str(error))
    return _back(request, register)


@require_POST
def delete_filter(request: OfficerRequest, register: type[Register], pk: int) -> HttpResponse:
    """Remove a filter of one's own."""
    require(request.user, register.permissions.view)
    actions.delete_filter(
        request.user, get_object_or_404(saved_filters(request.user, register), pk=pk)
    )
    return _back(request, register)


def _back(request: OfficerRequest, register: type[Register]) -> HttpResponse:
    query = request.POST.get("query", "").lstrip("?")
    return HttpResponseRedirect(f"{register.url()}{'?' + query if query else ''}")
