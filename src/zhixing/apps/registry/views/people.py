"""People of a subject, and reading personal data with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhixing.apps.audit.api import reveal
from zhixing.apps.registry.actions.keep_subjects import add_person, remove_person
from zhixing.apps.registry.forms import PersonForm, ReasonForm
from zhixing.apps.registry.models import Subject
from zhixing.apps.registry.selectors import people_of, subjects_visible
from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.requests import OfficerRequest


def new_person(request: OfficerRequest, pk: int) -> HttpResponse:
    """Enter a person of the subject."""
    subject = _subject(request, pk)
    require(request.user, "registry.change_subject", subject)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_person(request.user, subject, form.cleaned_data)
        messages.success(request, _("The person is entered."))
        return HttpResponseRedirect(_people_url(subject))
    context = {"form": form, "subject": subject, "cancel_url": _people_url(subject)}
    status = 422 if form.is_bound else 200
    return render(request, "registry/person_form.html", context, status=status)


def delete_person(request: OfficerRequest, pk: int, person_pk: int) -> HttpResponse:
    """Take a person off the subject, with a reason."""
    subject = _subject(request, pk)
    person = get_object_or_404(people_of(request.user, subject), pk=person_pk)
    require(request.user, "registry.change_subject", subject)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_person(request.user, person, reason=form.cleaned_data["reason"])
        messages.success(request, _("The person is removed."))
        return HttpResponseRedirect(_people_url(subject))
    told = {"person": person, "subject": subject}
    context = {
        "title": _("Remove a person"),
        "question": _("Remove %(person)s from “%(subject)s”?") % told,
        "consequence": _("The change log keeps that the person was here."),
        "form": form,
        "confirm_label": _("Remove"),
        "cancel_url": _people_url(subject),
        "danger": True,
    }
    return render(request, "kit/confirm.html", context)


@never_cache
def show_personal(
    request: OfficerRequest, pk: int, field: str, person_pk: int | None = None
) -> HttpResponse:
    """Ask for the reason, write it into the book, then show the plain value once."""
    subject = _subject(request, pk)
    owner: Any = subject
    if person_pk is not None:
        owner = get_object_or_404(people_of(request.user, subject), pk=person_pk)
    if field not in owner.personal_fields:
        raise Http404
    require(request.user, "audit.reveal_personal", owner)
    form = ReasonForm(request.POST or None)
    value = None
    if request.method == "POST" and form.is_valid():
        try:
            value = reveal(request.user, owner, field, reason=form.cleaned_data["reason"])
        except Invalid as error:
            form.add_error("reason", str(error))
    context = {
        "subject": subject,
        "owner": owner,
        "label": type(owner)._meta.get_field(field).verbose_name,
        "form": form,
        "value": value,
        "back_url": subject.get_absolute_url(),
    }
    return render(request, "registry/reveal.html", context)


def _subject(request: OfficerRequest, pk: int) -> Subject:
    return get_object_or_404(subjects_visible(request.user), pk=pk)


def _people_url(subject: Subject) -> str:
    return f"{subject.get_absolute_url()}#people"
