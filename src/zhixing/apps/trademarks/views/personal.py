"""Reading the contact of a request for help unmasked, with a reason."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from zhixing.apps.audit.api import reveal
from zhixing.apps.trademarks.forms import ReasonForm
from zhixing.apps.trademarks.models import Cultivation
from zhixing.apps.trademarks.selectors import cultivations_visible
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


@never_cache
def show_contact(request: OfficerRequest, pk: int, field: str) -> HttpResponse:
    """Ask for the reason, write it into the book, then show the plain value once."""
    row = get_object_or_404(cultivations_visible(request.user), pk=pk)
    if field not in row.personal_fields:
        raise Http404
    require(request.user, "audit.reveal_personal", row)
    form, value = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            value = reveal(request.user, row, field, reason=form.cleaned_data["reason"])
        except Invalid as error:
            form.add_error("reason", str(error))
    context = {
        "subject": row,
        "label": Cultivation.label_of(field),
        "form": form,
        "value": value,
        "back_url": row.get_absolute_url(),
    }
    return render(request, "registry/reveal.html", context)
