"""Taking a step: one view for the steps of every register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import Register
from zhixing.kit.register.steps import Offered, Step, form_of, open_steps
from zhixing.kit.register.views.doors import find_row
from zhixing.kit.register.views.row import show_row
from zhixing.kit.requests import OfficerRequest

BOUND = "_register_step"


def take_step(
    request: OfficerRequest, register: type[Register], steps: Sequence[Step], pk: int, code: str
) -> HttpResponse:
    """Take a step; when it is refused, the page comes back with what was typed.

    Whoever comes by link, as after signing in anew, gets the page of the row.
    """
    obj = find_row(request, register, pk)
    step = next((one for one in steps if one.code == code), None)
    if step is None:
        raise Http404
    if request.method != "POST":
        return redirect(obj)
    form = form_of(step, request.user, obj, request.POST)
    status = 422
    if form.is_valid():
        try:
            step.run(request.user, obj, **form.cleaned_data)
        except Invalid as error:
            _show_errors(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, str(step.done))
            return redirect(obj)
    setattr(request, BOUND, (step, form))
    response = show_row(request, register, pk)
    response.status_code = status
    return response


def steps_context(
    request: OfficerRequest, register: type[Register], steps: Sequence[Step], obj: Any
) -> Mapping[str, Any]:
    """The open steps with their forms; a refused one with what was typed, open or not."""
    bound: tuple[Step, Any] | None = getattr(request, BOUND, None)
    offered = []
    for step in open_steps(steps, request.user, obj):
        form = form_of(step, request.user, obj)
        if bound is not None and bound[0] is step:
            form, bound = bound[1], None
        offered.append(Offered(step, form, _address(register, obj, step)))
    if bound is not None:
        offered.insert(0, Offered(bound[0], bound[1], _address(register, obj, bound[0])))
    return {"steps": offered}


def _address(register: type[Register], obj: Any, step: Step) -> str:
    return reverse(f"{register.app_name}:{register.slug}-step", args=[obj.pk, step.code])


def _show_errors(form: Any, error: Invalid) -> None:
    known = {name: texts for name, texts in error.fields.items() if name in form.fields}
    if not known:
        form.add_error(None, str(error))
    for name, texts in known.items():
        for text in texts:
            form.add_error(name, text)
