"""What the registry itself tells about a subject: alerts, events, words for its deeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.registry import selectors
from zhixing.apps.registry.models import Licence, Subject
from zhixing.apps.registry.sections import Alert, TimelineEvent
from zhixing.kit.actors import Actor
from zhixing.kit.formats import day
from zhixing.kit.history import deed_name, entries_for
from zhixing.kit.register.changes import changed_labels
from zhixing.kit.register.columns import listed

SOON = timedelta(days=30)
LOG_ENTRIES = 100

DEED_NAMES = {
    "subject.create": gettext_lazy("Subject entered"),
    "subject.update": gettext_lazy("Subject changed"),
    "person.create": gettext_lazy("Person entered"),
    "person.remove": gettext_lazy("Person removed"),
    "licence.create": gettext_lazy("Licence entered"),
    "licence.update": gettext_lazy("Licence changed"),
    "mark.create": gettext_lazy("Mark entered"),
    "mark.update": gettext_lazy("Mark changed"),
    "mark.set_figure": gettext_lazy("Figure of the mark set"),
    "authorisation.create": gettext_lazy("Authorisation entered"),
    "authorisation.update": gettext_lazy("Authorisation changed"),
    "personal_data.read": gettext_lazy("Personal data read"),
}


def own_alerts(actor: Actor, subject: Subject) -> Iterator[Alert]:
    """Status out of business, licences run out or about to."""
    today = timezone.localdate()
    if subject.status in {Subject.Status.REVOKED, Subject.Status.DEREGISTERED}:
        yield Alert(
            "bad",
            _("%(status)s: no longer in business.") % {"status": subject.get_status_display()},
        )
    if not subject.uscc:
        yield Alert(
            "neutral", _("No unified social credit code: matched by its name or list key only.")
        )
    ending = selectors.licences_of(actor, subject).filter(
        status=Licence.Status.VALID, valid_to__lte=today + SOON
    )
    for licence in ending:
        ran_out = licence.has_expired(today)
        sentence = (
            _("Licence %(number)s ran out on %(day)s.")
            if ran_out
            else _("Licence %(number)s is valid until %(day)s only.")
        )
        yield Alert(
            "bad" if ran_out else "warn",
            sentence % {"number": licence.number, "day": day(licence.valid_to)},
            licence.get_absolute_url(),
        )


def registration_events(actor: Actor, subject: Subject) -> Iterator[TimelineEvent]:
    """When the operator was registered, took another name, was deregistered."""
    if subject.registered_on:
        yield TimelineEvent(
            subject.registered_on, "registration", _("Registered"), icon="building-store"
        )
    for former in subject.former_names.all():
        title = _("Name changed; until then: %(name)s") % {"name": former.name}
        yield TimelineEvent(former.used_until, "registration", title, icon="pencil")
    if subject.ended_on:
        yield TimelineEvent(subject.ended_on, "registration", _("Deregistered"), icon="ban")


def licence_events(actor: Actor, subject: Subject) -> Iterator[TimelineEvent]:
    """When licences began and ran out."""
    today = timezone.localdate()
    for licence in selectors.licences_of(actor, subject):
        told = {"kind": licence.get_kind_display(), "number": licence.number}
        url = licence.get_absolute_url()
        if licence.valid_from and licence.valid_from <= today:
            title = _("%(kind)s in force") % told
            yield TimelineEvent(
                licence.valid_from, "licence", title, licence.number, url, "certificate"
            )
        if licence.has_expired(today) and licence.valid_to:
            title = _("%(kind)s ran out") % told
            yield TimelineEvent(
                licence.valid_to, "licence", title, licence.number, url, "alert-triangle"
            )


def change_events(actor: Actor, subject: Subject) -> Iterator[TimelineEvent]:
    """The change log of the subject."""
    for entry in entries_for(subject, LOG_ENTRIES):
        fields = listed(changed_labels(Subject, entry))
        note = entry.reason
        if entry.before and fields:
            note = _("Changed: %(fields)s.") % {"fields": fields} + (f" {note}" if note else "")
        who = f"{entry.actor} · {entry.office}" if entry.office else entry.actor
        yield TimelineEvent(
            entry.at, "change", str(deed_name(entry.deed)), note, icon="pencil", actor=who
        )
