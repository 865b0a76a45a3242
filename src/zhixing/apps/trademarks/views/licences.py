"""One licence: what its filing lacks, and the record that it was filed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.registry.api import authorisations_visible
from zhixing.apps.trademarks import filing, selectors
from zhixing.apps.trademarks.actions.file_licence import record_filing
from zhixing.apps.trademarks.forms import FilingForm
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def licence(request: OfficerRequest, pk: int) -> HttpResponse:
    """The state of the filing, what is missing, and the form for its record."""
    row = get_object_or_404(authorisations_visible(request.user), pk=pk)
    here, today = reverse("trademarks:licence", args=[pk]), timezone.localdate()
    form = FilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_filing(request.user, row, **form.cleaned_data)
        except Invalid as error:
            for name, texts in error.fields.items():
                for text in texts:
                    form.add_error(name if name in form.fields else None, text)
            if not error.fields:
                form.add_error(None, str(error))
        except Conflict as error:
            messages.error(request, str(error))
            return redirect(here)
        else:
            messages.success(request, _("The filing is recorded."))
            return redirect(here)
    state = filing.filing_state(row, today)
    context = {
        "row": row,
        "state": state,
        "missing": list(filing.missing(row)) if row.kind in filing.FILED_KINDS else [],
        "article": filing.article_on(today),
        "labelling": filing.labelling_article(today),
        "checks": selectors.checks_of_licence(request.user, row),
        "form": form,
        "may_file": state in {filing.FilingState.READY, filing.FilingState.TOO_LATE}
        and request.user.has_perm("registry.change_authorisation", row),
    }
    return render(request, "trademarks/licence.html", context, status=422 if form.is_bound else 200)
