"""Dossiers: judge a criterion, take a step, print cover and contents."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.trademarks import dossiers, selectors
from zhixing.apps.trademarks.actions.keep_dossiers import judge_criterion, take_dossier_step
from zhixing.apps.trademarks.forms import DossierStepForm, JudgeForm
from zhixing.apps.trademarks.models import Dossier
from zhixing.kit.actors import require
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.requests import OfficerRequest


def criterion(request: OfficerRequest, pk: int, code: str) -> HttpResponse:
    """One criterion: its article, the papers it asks for, the files in hand, the verdict."""
    dossier = _get(request, pk)
    task = dossiers.task_of(dossier, code)
    if task is None:
        raise Http404
    may_judge = (
        request.user.has_perm("trademarks.change_dossier", dossier)
        and dossier.stage == Dossier.Stage.DRAFT
    )
    form = JudgeForm(request.POST or None, task=task)
    if request.method == "POST" and form.is_valid():
        try:
            judge_criterion(request.user, task.row, **form.cleaned_data)
        except Invalid as error:
            for name, texts in error.fields.items():
                for text in texts:
                    form.add_error(name if name in form.fields else None, text)
        except Conflict as error:
            messages.error(request, str(error))
            return redirect(dossier)
        else:
            return redirect(dossier)
    context = {"dossier": dossier, "task": task, "form": form, "may_judge": may_judge}
    return render(
        request, "trademarks/criterion.html", context, status=422 if form.is_bound else 200
    )


def step(request: OfficerRequest, pk: int, target: str) -> HttpResponse:
    """Take one step; on an error the form comes back as it was typed."""
    dossier = _get(request, pk)
    found = dossiers.step_to(dossier.stage, target)
    if found is None:
        messages.error(request, _("This step does not lead on from the stage it is in now."))
        return redirect(dossier)
    require(request.user, f"trademarks.{found.permission}", dossier)
    form = DossierStepForm(request.POST or None, request.FILES or None, step=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            moved = take_dossier_step(
                request.user,
                dossier,
                target,
                on=values["on"],
                note=values["note"],
                upload=values["file"],
            )
        except Invalid as error:
            for name, texts in error.fields.items():
                for text in texts:
                    form.add_error("on" if name.endswith("_on") else name, text)
        except Conflict as error:
            messages.error(request, str(error))
            return redirect(dossier)
        else:
            messages.success(
                request,
                _("“%(mark)s” is now: %(stage)s.")
                % {"mark": moved, "stage": moved.get_stage_display()},
            )
            return redirect(moved)
    context = {"dossier": dossier, "step": found, "form": form}
    return render(
        request, "trademarks/dossier_step.html", context, status=422 if form.is_bound else 200
    )


def cover(request: OfficerRequest, pk: int) -> HttpResponse:
    """Cover and table of contents, for printing."""
    dossier = _get(request, pk)
    context = {
        "dossier": dossier,
        "kind": dossiers.kind_title(dossier.kind),
        "tasks": dossiers.tasks(dossier),
        "today": timezone.localdate(),
        "office": selectors.office_of(dossier),
    }
    return render(request, "trademarks/dossier_cover.html", context)


def _get(request: OfficerRequest, pk: int) -> Dossier:
    return get_object_or_404(selectors.dossiers_visible(request.user), pk=pk)
