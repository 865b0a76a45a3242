"""What the pages of a subject and of a mark say of trade-mark protection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhixing.apps.protection import selectors
from zhixing.apps.registry.api import Alert, Subject, TimelineEvent, TradeMark
from zhixing.kit.actors import Actor

SHOWN = 20
VIEW = "protection.view_infringementfile"


def section(actor: Actor, subject: Subject) -> Mapping[str, Any] | None:
    """Files and requests about the subject."""
    if not actor.has_perm(VIEW):
        return None
    files = selectors.of_subject(selectors.files_visible(actor), subject, SHOWN)
    requests = selectors.of_subject(selectors.assistance_visible(actor), subject, SHOWN)
    return {"files": files, "requests": requests, "count": len(files) + len(requests)}


def mark_section(actor: Actor, mark: TradeMark) -> Mapping[str, Any] | None:
    """Files and requests about the mark."""
    if not actor.has_perm(VIEW):
        return None
    files = selectors.of_mark(selectors.files_visible(actor), mark, SHOWN)
    requests = selectors.of_mark(selectors.assistance_visible(actor), mark, SHOWN)
    return {"files": files, "requests": requests, "count": len(files) + len(requests)}


def alerts(actor: Actor, subject: Subject) -> Iterator[Alert]:
    """One line when files about the subject are being worked on."""
    if not actor.has_perm(VIEW):
        return
    files = selectors.of_subject(selectors.files_open(actor), subject, SHOWN)
    if files:
        sentence = ngettext(
            "%(n)d infringement file about this subject is open.",
            "%(n)d infringement files about this subject are open.",
            len(files),
        ) % {"n": len(files)}
        yield Alert("warn", sentence, files[0].get_absolute_url())


def events(actor: Actor, subject: Subject) -> Iterator[TimelineEvent]:
    """When files were opened and decided."""
    if not actor.has_perm(VIEW):
        return
    for file in selectors.of_subject(selectors.files_visible(actor), subject, SHOWN):
        url, told = file.get_absolute_url(), file.get_act_kind_display()
        yield TimelineEvent(
            file.opened_on, "protection", _("Infringement file opened"), told, url, "folder"
        )
        if file.decided_on is not None:
            yield TimelineEvent(
                file.decided_on, "protection", _("Infringement decided"), file.outcome, url, "gavel"
            )
