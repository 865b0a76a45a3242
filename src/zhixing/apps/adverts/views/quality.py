"""How good the rules are, how far readers agree, and the share that two officers read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.adverts import quality as measures
from zhixing.apps.adverts.actions.plan_reviews import plan_reviews
from zhixing.apps.adverts.forms import SharesForm
from zhixing.apps.adverts.models import ReviewPlan
from zhixing.apps.adverts.plans import plan_of
from zhixing.kit.requests import OfficerRequest

RULES_SHOWN = 100


def quality(request: OfficerRequest) -> HttpResponse:
    """Precision per rule and version, recall per family, kappa of the two readers."""
    user = request.user
    may_plan = user.has_perm("adverts.plan_reviews", ReviewPlan(unit_path=user.unit_path))
    plan = plan_of(user.unit_path)
    shares = {"double_share": plan.double_share * 100, "sample_share": plan.sample_share * 100}
    form = SharesForm(request.POST or None, initial=shares)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        plan_reviews(
            user, unit_path=user.unit_path, double_share=given["double_share"] / 100,
            sample_share=given["sample_share"] / 100,
        )  # fmt: skip
        messages.success(request, _("The shares hold for what is screened from now on."))
        return redirect("adverts:quality")
    rules = measures.rule_quality(user)
    context = {
        "rules": rules[:RULES_SHOWN],
        "rule_count": len(rules),
        "families": measures.family_quality(user),
        "readers": measures.readers(user),
        "plan": plan,
        "form": form if may_plan else None,
    }
    return render(request, "adverts/quality.html", context, status=422 if form.is_bound else 200)
