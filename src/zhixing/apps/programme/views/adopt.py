"""Adopting the programme of a year."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.programme.actions.adopt_programme import adopt_programme
from zhixing.apps.programme.forms import AdoptForm
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def adopt(request: OfficerRequest) -> HttpResponse:
    """Choose text, year and base year; the texts are shown below the form."""
    require(request.user, "programme.adopt_programme")
    form = AdoptForm(request.POST or None, actor=request.user)
    if form.is_valid():
        try:
            adopted = adopt_programme(request.user, **form.cleaned_data)
        except (Conflict, Invalid) as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The programme of %(year)d is adopted.") % {"year": adopted.year}
            )
            return redirect(adopted)
    texts = [law.programme(name) for name in law.programme_names()]
    status = 422 if form.is_bound else 200
    return render(request, "programme/adopt.html", {"form": form, "texts": texts}, status=status)
