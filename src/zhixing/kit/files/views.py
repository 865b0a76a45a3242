"""Fetching a file, only for those who may see what it proves; adding one."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhixing.kit.errors import Invalid
from zhixing.kit.files import access, actions, kinds, store
from zhixing.kit.files.forms import EvidenceForm
from zhixing.kit.requests import OfficerRequest

# Content from outside gets an origin of its own and may load and run nothing (Chromium 156 opens
# its PDF viewer all the same).
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def file(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The file as received; pictures and PDF may be shown in place, the rest is downloaded."""
    found = access.file_visible(request.user, pk)
    path = store.path_of(found.sm3)
    if not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=not kinds.is_shown(found.media_type),
        filename=found.name,
        content_type=found.media_type,
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def attach(request: OfficerRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
    """Add a file to an object, then go back to it."""
    target = access.target_visible(request.user, app_label, model_name, pk)
    # Said before a long upload, not after it.
    access.require_attach(request.user, target)
    address: str = target.get_absolute_url()
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.attach(request.user, target, given["file"], caption=given["caption"])
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            return redirect(address)
    return render(
        request, "kit/files/attach.html", {"form": form, "target": target, "address": address}
    )
