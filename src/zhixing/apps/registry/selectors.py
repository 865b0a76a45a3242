"""Questions about subjects, licences and marks, asked by an actor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry.models import Authorisation, Licence, Subject, SubjectPerson, TradeMark
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import within_any
from zhixing.kit.search import search

RELATED_LIMIT = 20
NAMESAKE_LIMIT = 5


def subjects_visible(actor: Actor) -> QuerySet[Subject]:
    """The subjects of the actor's offices."""
    require(actor, "registry.view_subject")
    return Subject.objects.visible_to(actor).select_related("region")


def licences_visible(actor: Actor) -> QuerySet[Licence]:
    """The licences of the actor's offices."""
    require(actor, "registry.view_licence")
    return Licence.objects.visible_to(actor).select_related("subject")


def marks_visible(actor: Actor) -> QuerySet[TradeMark]:
    """The marks of the actor's offices, and those that the bureaus above look after for all."""
    require(actor, "registry.view_trademark")
    return TradeMark.objects.filter(_looked_after_for(actor)).select_related("holder")


def _looked_after_for(actor: Actor) -> Q:
    """That a mark is looked after by the actor's offices, or by a bureau above them."""
    above = {
        path[: place + 1]
        for path in actor.scope_paths
        for place, character in enumerate(path[:-1])
        if character == "/"
    }
    # The condition of an actor who sees everything is empty, and `empty | x` would be x.
    if "" in actor.scope_paths:
        return Q(pk__isnull=False)
    return within_any(actor.scope_paths) | Q(unit_path__in=above)


def authorisations_visible(actor: Actor) -> QuerySet[Authorisation]:
    """The contracts kept by the actor's offices."""
    require(actor, "registry.view_authorisation")
    rows = Authorisation.objects.visible_to(actor)
    return rows.select_related("grantor", "grantee", "mark")


PUBLISHED = ~Q(status=TradeMark.Status.FILED, registration_number="")


def marks_published() -> QuerySet[TradeMark]:
    """The marks of the whole bureau that the trade mark office has made known.

    A filing without a number was not published yet: its office helps with it in confidence.
    """
    return TradeMark.objects.filter(PUBLISHED).select_related("image")


def marks_searchable(actor: Actor) -> QuerySet[TradeMark]:
    """What the actor may be told of in a search before filing: published marks and their own."""
    require(actor, "registry.view_trademark")
    return TradeMark.objects.filter(PUBLISHED | _looked_after_for(actor)).select_related("image")


def may_see(actor: Actor, row: models.Model) -> bool:
    """Whether the row is among those the actor's selectors show."""
    noun = row._meta.model_name
    if not actor.has_perm(f"registry.view_{noun}"):
        return False
    visible: dict[str, Callable[[Actor], QuerySet[Any]]] = {
        "subject": subjects_visible,
        "trademark": marks_visible,
        "authorisation": authorisations_visible,
    }
    return visible[str(noun)](actor).filter(pk=row.pk).exists()


def licences_of(actor: Actor, subject: Subject) -> QuerySet[Licence]:
    """The subject's licences, those ending last first."""
    return licences_visible(actor).filter(subject=subject).order_by("-valid_to", "-pk")


def licences_expired(actor: Actor, subject: Subject, on: date) -> QuerySet[Licence]:
    """The subject's licences that ran out before the day and were not ended otherwise."""
    return licences_of(actor, subject).filter(status=Licence.Status.VALID, valid_to__lt=on)


def marks_of(actor: Actor, subject: Subject) -> QuerySet[TradeMark]:
    """The marks the subject holds."""
    return marks_visible(actor).filter(holder=subject).order_by("text", "pk")


def authorisations_of(actor: Actor, row: Subject | TradeMark) -> QuerySet[Authorisation]:
    """The contracts on a mark, or those an operator granted or received; ending last first."""
    concerned = Q(mark=row) if isinstance(row, TradeMark) else Q(grantor=row) | Q(grantee=row)
    return authorisations_visible(actor).filter(concerned).order_by("-ends_on", "-pk")


def people_of(actor: Actor, subject: Subject) -> QuerySet[SubjectPerson]:
    """The people of a subject the actor may see."""
    require(actor, "registry.view_subject")
    return SubjectPerson.objects.filter(
        within_any(actor.scope_paths, "subject__unit_path"), subject=subject
    ).select_related("subject")


def subjects_found(text: str) -> QuerySet[Subject, Any]:
    """Keys of the subjects that the words find, for narrowing rows that are restricted already."""
    return search(Subject.objects.all(), text).values("pk")


@dataclass(slots=True)
class Related:
    """Another subject, and what it shares with this one."""

    subject: Subject
    shares: list[str | Promise] = field(default_factory=list)


def subjects_related(actor: Actor, subject: Subject) -> list[Related]:
    """Subjects that share phone, address, legal representative or a person; most shared first.

    A phone or address must be equal as written; a person must agree in name and phone. A legal
    representative of the same name says little alone, so only a few of those are named.
    """
    found: dict[int, Related] = {}

    def note(rows: QuerySet[Subject], what: str | Promise, limit: int = RELATED_LIMIT) -> None:
        for row in rows.exclude(pk=subject.pk).order_by("pk")[:limit]:
            found.setdefault(row.pk, Related(row)).shares.append(what)

    visible = subjects_visible(actor)
    if subject.phone:
        note(visible.filter(phone=subject.phone), _("same phone"))
    if subject.address:
        note(visible.filter(address=subject.address), _("same address"))
    people = Q()
    for name, phone in subject.people.exclude(phone="").values_list("name", "phone"):
        people |= Q(name=name, phone=phone)
    if people:
        owners = SubjectPerson.objects.filter(people).values("subject_id")
        note(visible.filter(pk__in=owners), _("same person"))
    if subject.legal_representative:
        same = visible.filter(legal_representative=subject.legal_representative)
        what = _("legal representative of the same name")
        note(same.filter(pk__in=list(found)), what)
        note(same.exclude(pk__in=list(found)), what, NAMESAKE_LIMIT)
    return sorted(found.values(), key=lambda related: (-len(related.shares), related.subject.pk))[
        :RELATED_LIMIT
    ]
