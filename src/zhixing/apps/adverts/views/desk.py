"""The review desk: one advertisement after the other, findings confirmed or rejected by one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhixing.apps.adverts.actions import read_ads
from zhixing.apps.adverts.forms import MissedForm, ReasonForm
from zhixing.apps.adverts.models import Ad, Finding, Review
from zhixing.apps.adverts.page import lines, marked
from zhixing.apps.adverts.selectors import ads_visible, placements_visible, queue_of
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest

PLACEMENTS_SHOWN = 5
DECISION = "decision-"


def desk(request: OfficerRequest) -> HttpResponse:
    """The next advertisement to be read."""
    queue = queue_of(request.user)
    return _page(request, queue.first(), waiting=queue.count())


def read(request: OfficerRequest, pk: int) -> HttpResponse:
    """One advertisement on the desk; its form closes the reading and leads to the next."""
    ad = get_object_or_404(ads_visible(request.user), pk=pk)
    if request.method != "POST":
        return _page(request, ad)
    decisions = _decisions(request)
    try:
        read_ads.finish_reading(
            request.user, ad, decisions, version=request.POST.get("version", "")
        )
    except Invalid as error:
        return _page(request, ad, decisions=decisions, problem=str(error), status=error.status)
    except Conflict as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Read: %(ad)s") % {"ad": ad})
    if request.htmx:  # type: ignore[attr-defined]
        response = desk(request)
        response["HX-Push-Url"] = reverse("adverts:desk")
        return response
    return redirect("adverts:desk")


def add(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add what the rules have missed; what was decided so far stays as it was."""
    ad = get_object_or_404(ads_visible(request.user), pk=pk)
    if request.method != "POST":
        return redirect("adverts:read", pk)
    form = MissedForm(request.POST)
    try:
        if form.is_valid():
            given = form.cleaned_data
            read_ads.add_finding(
                request.user, ad, family=given["family"], words=given["words"],
                start=given["start"], is_serious=given["is_serious"],
            )  # fmt: skip
            form = MissedForm()
    except Invalid as error:
        for name, texts in error.fields.items():
            form.add_error(name if name in form.fields else None, texts)
    except Conflict as error:
        form.add_error(None, str(error))
    status = 422 if form.is_bound else 200
    return _page(request, ad, decisions=_decisions(request), missed_form=form, status=status)


def remove(request: OfficerRequest, pk: int, finding: int) -> HttpResponse:
    """Take back what was added."""
    ad = get_object_or_404(ads_visible(request.user), pk=pk)
    if request.method != "POST":
        return redirect("adverts:read", pk)
    row = get_object_or_404(Finding, pk=finding, ad=ad)
    try:
        read_ads.remove_finding(request.user, row)
    except Conflict as error:
        messages.warning(request, str(error))
    return _page(request, ad, decisions=_decisions(request))


def reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the last reading back, with the reason that stays in the change log."""
    ad = get_object_or_404(ads_visible(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            read_ads.reopen_reading(request.user, ad, reason=form.cleaned_data["reason"])
        except (Conflict, Invalid) as error:
            form.add_error(None, str(error))
        else:
            return redirect("adverts:read", pk)
    status = 422 if form.is_bound else 200
    return render(request, "adverts/reopen.html", {"ad": ad, "form": form}, status=status)


def _decisions(request: OfficerRequest) -> dict[int, str]:
    """What the form says of each finding, by its number."""
    given = {}
    for name, value in request.POST.items():
        number = name.removeprefix(DECISION)
        if name.startswith(DECISION) and number.isdecimal():
            given[int(number)] = str(value)
    return given


def _page(
    request: OfficerRequest,
    ad: Ad | None,
    *,
    decisions: Mapping[int, str] | None = None,
    missed_form: MissedForm | None = None,
    problem: str = "",
    waiting: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The desk with an advertisement on it, whole or as the part that htmx puts in place."""
    context: dict[str, Any] = {"ad": ad, "problem": problem}
    if ad is not None:
        try:
            context |= _reading(request.user, ad, decisions or {}, missed_form or MissedForm())
        except Conflict as error:
            context |= {"refusal": str(error)}
    context["waiting"] = queue_of(request.user).count() if waiting is None else waiting
    template = "adverts/parts/desk.html" if request.htmx else "adverts/desk.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


def _reading(
    officer: Any, ad: Ad, decisions: Mapping[int, str], missed_form: MissedForm
) -> dict[str, Any]:
    turn = read_ads.turn_of(officer, ad)
    review = read_ads.open_review(officer, ad)
    asked = read_ads.to_decide(ad, turn, review)
    added = list(review.added.filter(is_current=True)) if review is not None else []
    settled = ad.findings.filter(is_current=True).exclude(decision="")
    rows = asked + added
    if turn != Review.Turn.SECOND:  # blind: a second reader is shown no decision
        rows += list(settled)
    rows.sort(key=lambda row: (row.start is None, row.start or 0, row.pk))
    asked_keys, added_keys = {row.pk for row in asked}, {row.pk for row in added}
    numbered = lines(rows)
    said = _said(ad) if turn == Review.Turn.THIRD else {}
    placed = placements_visible(officer).filter(ad=ad).order_by("-shown_on", "-pk")
    return {
        "turn": Review.Turn(turn),
        "pieces": marked(ad.text, rows),
        "rows": [
            {
                "line": line,
                "is_asked": line.finding.pk in asked_keys,
                "is_added": line.finding.pk in added_keys,
                "chosen": decisions.get(line.finding.pk, ""),
                "said": said.get(line.finding.pk, []),
            }
            for line in numbered
        ],
        "open_count": sum(row.pk not in decisions for row in asked),
        "missed_form": missed_form,
        "placements": list(placed[:PLACEMENTS_SHOWN]),
    }


def _said(ad: Ad) -> dict[int, list[str]]:
    """What each reader said of each finding, for whoever decides between them."""
    result: dict[int, list[str]] = {}
    done = ad.reviews.filter(finished_at__isnull=False, ruleset_version=ad.screened_version)
    for review in done.select_related("officer").order_by("finished_at"):
        for verdict in review.verdicts.all():
            line = f"{review.officer}: {verdict.get_decision_display()}"
            result.setdefault(verdict.finding_id, []).append(line)
        for finding in review.added.filter(is_current=True):
            line = _("%(officer)s: added") % {"officer": review.officer}
            result.setdefault(finding.pk, []).append(line)
    return result
