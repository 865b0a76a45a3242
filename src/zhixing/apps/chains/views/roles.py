"""The roles on a label, gone over by an officer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from zhixing.apps.chains import page, selectors
from zhixing.apps.chains.actions.keep_labels import confirm_parties
from zhixing.apps.chains.forms import PartyFormSet
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def correct(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show what was read, line by line, and keep what the officer makes of it."""
    label = get_object_or_404(selectors.labels_visible(request.user), pk=pk)
    require(request.user, "chains.confirm_label", label)
    read = [{"role": party.role, "name": party.name} for party in label.parties.all()]
    stamp = request.POST.get("stamp") or label.updated.isoformat()
    forms = PartyFormSet(request.POST or None, initial=None if request.POST else read)
    problem = ""
    if request.method == "POST" and forms.is_valid():
        rows = [
            (form.cleaned_data["role"], form.cleaned_data["name"])
            for form in forms
            if form.cleaned_data.get("name")
        ]
        try:
            confirm_parties(request.user, label, rows, stamp=parse_datetime(stamp))
        except (Conflict, Invalid) as error:
            problem = str(error)
        else:
            messages.success(request, _("The roles are kept and the chain is checked."))
            return redirect(label)
    context = {
        "label": label,
        "forms": forms,
        "stamp": stamp,
        "problem": problem,
        "pieces": page.pieces(label.text, label.parties.all()),
    }
    failed = bool(problem) or (forms.is_bound and not forms.is_valid())
    return render(request, "chains/roles.html", context, status=422 if failed else 200)
