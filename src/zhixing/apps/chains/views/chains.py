"""Chains: the overview, one chain as a graph, the check of all."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhixing.apps.chains import page, selectors
from zhixing.apps.chains.actions.check_chains import start_check
from zhixing.apps.chains.around import DEEPEST, Around, around_label, around_party
from zhixing.apps.chains.parties import subject_id_of
from zhixing.kit.requests import OfficerRequest

LENDERS_SHOWN = 20
FINDINGS_SHOWN = 20


def overview(request: OfficerRequest) -> HttpResponse:
    """What stands out: the most probable findings, the overseas firms on most labels."""
    actor = request.user
    open_findings = selectors.findings_visible(actor).filter(gone_at__isnull=True)
    context = {
        "findings": open_findings.order_by("-probability", "-pk")[:FINDINGS_SHOWN],
        "finding_count": open_findings.count(),
        "lenders": selectors.leading_lenders(actor, LENDERS_SHOWN),
        "label_count": selectors.labels_visible(actor).count(),
        "may_add": actor.has_perm("chains.add_label"),
        "may_check": actor.has_perm("chains.check_chains"),
    }
    return render(request, "chains/overview.html", context)


def chain(request: OfficerRequest) -> HttpResponse:
    """The chain around a party (`key`, or `subject` by number) or a label (`label`)."""
    actor, asked = request.user, request.GET
    depth = _number(asked.get("depth")) or 1
    key = asked.get("key") or (f"s{asked['subject']}" if asked.get("subject") else "")
    label_pk = _number(asked.get("label"))
    if label_pk is not None:
        label = get_object_or_404(selectors.labels_visible(actor), pk=label_pk)
        around, title, subject = around_label(actor, label, depth), label.title, None
        findings = list(selectors.findings_of_label(actor, label)[:FINDINGS_SHOWN])
        back, step = label.get_absolute_url(), f"label={label.pk}"
    elif key:
        around = around_party(actor, key, depth)
        findings = list(selectors.findings_of_party(actor, key)[:FINDINGS_SHOWN])
        pk = subject_id_of(key)
        subject = selectors.subjects_to_open(actor, [pk]).get(pk) if pk is not None else None
        title = subject.name if subject else _name_of(around, key)
        back, step = "", urlencode({"key": key})
    else:
        return redirect("chains:overview")
    context = {
        "title": title,
        "subject": subject,
        "back": back,
        "section": page.drawing_of(actor, around, findings, key),
        "findings": findings,
        "depth": min(max(depth, 1), DEEPEST),
        "deeper": f"?{step}&depth={depth + 1}" if depth < DEEPEST else "",
    }
    return render(request, "chains/chain.html", context)


def _name_of(around: Around, key: str) -> str:
    """The name a party has on the labels; without a label that the officer sees there is none."""
    if not around.labels:
        raise Http404
    return selectors.name_of_party(around.labels, key)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def start(request: OfficerRequest) -> HttpResponse:
    """Queue the check of the officer's own area."""
    if request.method != "POST":  # back from the sign-in page
        return redirect("chains:overview")
    return redirect(start_check(request.user, unit_path=request.user.unit_path))
