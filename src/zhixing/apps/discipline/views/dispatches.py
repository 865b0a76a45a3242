"""Sending a suspected advertisement on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.adverts.api import ads_visible
from zhixing.apps.discipline.actions.send_dispatch import send_dispatch
from zhixing.apps.discipline.forms import DispatchForm
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def send(request: OfficerRequest, ad_pk: int) -> HttpResponse:
    """The form with the advertisement beside it; the letter is issued with it."""
    ad = get_object_or_404(ads_visible(request.user), pk=ad_pk)
    require(request.user, "discipline.add_dispatch")
    form = DispatchForm(request.POST or None, actor=request.user)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_dispatch(request.user, ad, **form.cleaned_data)
        except Invalid as error:
            for name, texts in error.fields.items():
                form.add_error(name if name in form.fields else None, texts)
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Sent on, with its letter."))
            return redirect(sent)
    context = {"form": form, "ad": ad}
    return render(request, "discipline/send.html", context, status=status)
