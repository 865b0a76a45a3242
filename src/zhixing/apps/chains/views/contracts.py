"""A contract's pasted text, read; what was found goes into the register's own form."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhixing.apps.chains.contracts import FIELD_LABELS, choice_label, form_values
from zhixing.apps.chains.forms import ContractTextForm
from zhixing.engines.labels import Found, read_contract
from zhixing.kit.actors import require
from zhixing.kit.requests import OfficerRequest


def read(request: OfficerRequest) -> HttpResponse:
    """Show what the text says, each with its words; the next step is the register's form."""
    require(request.user, "registry.add_authorisation")
    form = ContractTextForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            text = form.cleaned_data["text"]
            found = read_contract(text)
            query = urlencode(form_values(found))
            context |= {
                "was_read": True,
                "rows": [_row(text, row) for row in found],
                "next_url": f"{reverse('registry:authorisations-new')}?{query}",
            }
        else:
            status = 422
    return render(request, "chains/contract.html", context, status=status)


def _row(text: str, found: Found) -> dict[str, Any]:
    value = found.value
    if isinstance(value, date):
        shown: Any = value.isoformat()
    elif isinstance(value, list):
        shown = ", ".join(map(str, value))
    else:
        shown = choice_label(found.field, value)
    return {
        "label": FIELD_LABELS[found.field],
        "value": shown,
        "words": text[max(0, found.start - 8) : found.end + 8].replace("\n", " "),
    }
