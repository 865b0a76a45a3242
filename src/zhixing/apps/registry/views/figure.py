"""Choosing the figure of a mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhixing.apps.registry.actions.set_figure import set_figure
from zhixing.apps.registry.forms import FigureForm
from zhixing.apps.registry.selectors import marks_visible
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.register.saving import Stale
from zhixing.kit.requests import OfficerRequest


def choose_figure(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take one of the attached pictures or a new one; what was wrong stands beside its field."""
    mark = get_object_or_404(marks_visible(request.user), pk=pk)
    require(request.user, "registry.change_trademark", mark)
    form = FigureForm(request.POST or None, request.FILES or None, mark=mark)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_figure(request.user, mark, **form.choice())
            except Invalid as error:
                for name, texts in error.fields.items() or {"upload": [str(error)]}.items():
                    form.add_error(name if name in form.fields else "upload", " ".join(texts))
            except Stale as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(request, _("The figure of the mark is set."))
                return redirect(mark)
    context = {"form": form, "mark": mark, "pictures": form.pictures}
    return render(request, "registry/figure_form.html", context, status=status)
