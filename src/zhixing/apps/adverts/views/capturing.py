"""Capture by hand: paste or upload; watched folders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.adverts.actions.capture_ads import Seen
from zhixing.apps.adverts.actions.capture_files import capture_file, capture_text
from zhixing.apps.adverts.actions.keep_keys import make_key, withdraw_key
from zhixing.apps.adverts.actions.screen_ads import start_screening
from zhixing.apps.adverts.actions.watch_folders import (
    drop_folder,
    start_look,
    switch_folder,
    watch_folder,
)
from zhixing.apps.adverts.forms import CaptureForm, FolderForm, KeyForm
from zhixing.apps.adverts.models import CaptureKey, WatchedFolder
from zhixing.apps.adverts.selectors import ads_of_capture, folders_visible, keys_visible
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest

DETAILS = (
    "text", "shown_on", "medium", "medium_name", "seconds", "area_cm2", "page", "url", "category",
    "product", "advertiser_name", "is_whole",
)  # fmt: skip


def capture(request: OfficerRequest) -> HttpResponse:
    """Paste or upload; what was captured is screened and shown at once."""
    require(request.user, "adverts.capture_ad")
    form = CaptureForm(request.POST or None, request.FILES or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        details = Seen(**{name: given[name] for name in DETAILS})
        try:
            if given["file"] is not None:
                row = capture_file(request.user, given["file"], details, origin=given["url"])
            else:
                row = capture_text(request.user, given["text"], details, origin=given["url"])
        except Invalid as error:
            for name, texts in (error.fields or {"text": [str(error)]}).items():
                form.add_error(name if name in form.fields else None, texts)
        else:
            messages.success(request, _("Captured; the file is kept under its hash."))
            one = ads_of_capture(request.user, row).first() if row.texts == 1 else None
            return redirect(one or row)
    context = {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "adverts/capture.html", context, status=status)


def screen(request: OfficerRequest) -> HttpResponse:
    """Queue the screening of the officer's own area."""
    if request.method != "POST":
        return redirect("adverts:ads")
    return redirect(start_screening(request.user, unit_path=request.user.unit_path))


def folders(request: OfficerRequest) -> HttpResponse:
    """The watched folders, and the form for another one."""
    user = request.user
    may_watch = user.has_perm("adverts.watch_folder", WatchedFolder(unit_path=user.unit_path))
    form = FolderForm(request.POST or None, actor=user)
    if request.method == "POST" and may_watch and form.is_valid():
        try:
            watch_folder(user, unit_path=user.unit_path, **form.cleaned_data)
        except Invalid as error:
            for name, texts in error.fields.items():
                form.add_error(name if name in form.fields else None, texts)
        else:
            return redirect("adverts:folders")
    context: dict[str, Any] = {
        "folders": [
            {"row": row, "refused": [n for n, f in row.taken.items() if f.get("problem")]}
            for row in folders_visible(user).order_by("folder")
        ],
        "drop": drop_folder().name,
        "form": form if may_watch else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "adverts/folders.html", context, status=status)


def keys(request: OfficerRequest) -> HttpResponse:
    """The keys by which programs send advertisements; a new one is shown once."""
    user = request.user
    may_keep = user.has_perm("adverts.keep_keys", CaptureKey(unit_path=user.unit_path))
    form, secret = KeyForm(request.POST or None), ""
    if request.method == "POST" and may_keep and form.is_valid():
        _key, secret = make_key(user, name=form.cleaned_data["name"], unit_path=user.unit_path)
        form = KeyForm()
    context = {"keys": keys_visible(user), "form": form if may_keep else None, "secret": secret}
    status = 422 if form.is_bound else 200
    return render(request, "adverts/keys.html", context, status=status)


def withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a key out of force."""
    key = get_object_or_404(keys_visible(request.user), pk=pk)
    if request.method == "POST":
        withdraw_key(request.user, key)
    return redirect("adverts:keys")


def look(request: OfficerRequest) -> HttpResponse:
    """Look at the folders of the officer's area now."""
    if request.method != "POST":
        return redirect("adverts:folders")
    return redirect(start_look(request.user, request.user.unit_path))


def switch(request: OfficerRequest, pk: int) -> HttpResponse:
    """Watch a folder again, or no longer."""
    row = get_object_or_404(folders_visible(request.user), pk=pk)
    if request.method == "POST":
        switch_folder(request.user, row, on=not row.is_active)
    return redirect("adverts:folders")
