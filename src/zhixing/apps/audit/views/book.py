"""The book: one entry, the check of the chain, the proof bundle."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from zhixing.apps.audit import selectors
from zhixing.apps.audit.actions.export_proof import export_proof
from zhixing.apps.audit.forms import ProofForm
from zhixing.apps.audit.verify import verify
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


def entry(request: OfficerRequest, sequence: int) -> HttpResponse:
    """One entry: who, what, why, before and after, and the seals."""
    row = get_object_or_404(selectors.audit_entries(request.user), pk=sequence)
    context = {"entry": row, "opened": selectors.opened(request.user, row)}
    return render(request, "audit/entry.html", context)


def check(request: OfficerRequest) -> HttpResponse:
    """The page of the chain: check it now, take a proof along."""
    require(request.user, "audit.view_auditentry")
    return _check_page(request, ProofForm())


@require_POST
def check_now(request: OfficerRequest) -> HttpResponse:
    """Walk the whole chain and show what was found."""
    require(request.user, "audit.view_auditentry")
    verdict, at = verify(), timezone.now()
    return render(
        request, "audit/check.html", {"form": ProofForm(), "verdict": verdict, "checked_at": at}
    )


@require_POST
def proof(request: OfficerRequest) -> HttpResponse:
    """The proof bundle as a download."""
    require(request.user, "audit.export_proof")
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _check_page(request, form, status=422)
    try:
        bundle = export_proof(request.user, **form.cleaned_data)
    except Invalid as error:
        form.add_error(None, str(error))
        return _check_page(request, form, status=422)
    name = f"zhixing-proof-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
    return HttpResponse(
        bundle,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _check_page(request: OfficerRequest, form: ProofForm, status: int = 200) -> HttpResponse:
    return render(request, "audit/check.html", {"form": form}, status=status)
