"""Deeds on precedents: enter, change, review and publish, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.precedents.articles import Unreadable, read_articles
from zhixing.apps.precedents.masked import has_numbers
from zhixing.apps.precedents.models import Precedent
from zhixing.apps.precedents.names import likeness_of
from zhixing.apps.registry.api import clean_nice_classes
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search

EXAMPLE = "《商标法》第57条"
MASKED_FIELDS = ("title", "parties", "facts", "penalty")


def enter_precedent(actor: Actor, values: Mapping[str, Any]) -> Precedent:
    """Enter a precedent as a draft; it waits for the review of a second person.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right, or an identity or telephone number stands in a text.
    """
    precedent = Precedent(unit_path=actor.unit_path, written_by_id=actor.actor_id)
    apply_changes(precedent, values)
    require(actor, "precedents.add_precedent", precedent)
    check(precedent)
    with deed(actor, "precedent.enter") as act:
        precedent.save()
        act.obj = precedent
    return precedent


def change_precedent(
    actor: Actor,
    obj: Precedent,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Precedent:
    """Change a precedent; what was in the library leaves it until somebody else has read it again.

    Raises:
        Refused: it does not belong to the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        precedent = fresh_row(obj, stamp)
        require(actor, "precedents.change_precedent", precedent)
        with deed(actor, "precedent.change", precedent, reason=reason):
            apply_changes(precedent, changes)
            require(actor, "precedents.change_precedent", precedent)
            check(precedent)
            precedent.state = Precedent.State.DRAFT
            precedent.written_by_id = actor.actor_id
            precedent.reviewed_by = precedent.reviewed_at = None
            precedent.save()
    return precedent


@transaction.atomic
def publish_precedent(actor: Officer, obj: Precedent) -> Precedent:
    """Take a draft into the library after reading it: the parties cannot be recognised.

    Raises:
        Refused: the actor may not review for that office.
        Conflict: the actor wrote it, or it waits for no review.
    """
    precedent = fresh_row(obj)
    require(actor, "precedents.publish_precedent", precedent)
    if precedent.state != Precedent.State.DRAFT:
        raise Conflict(
            _("This precedent waits for no review; it is: %(state)s.")
            % {"state": precedent.get_state_display()}
        )
    if precedent.written_by_id == actor.pk:
        raise Conflict(
            _("You wrote this draft. A second person must read it before it enters the library.")
        )
    with deed(actor, "precedent.publish", precedent):
        precedent.state = Precedent.State.PUBLISHED
        precedent.reviewed_by, precedent.reviewed_at = actor, timezone.now()
        precedent.save()
    return precedent


@transaction.atomic
def withdraw_precedent(actor: Actor, obj: Precedent, *, reason: str) -> Precedent:
    """Take a precedent out of the library, e.g. because the decision was annulled.

    Raises:
        Refused: the actor heads no office it belongs to.
        Invalid: no reason.
        Conflict: it is withdrawn already.
    """
    precedent = fresh_row(obj)
    require(actor, "precedents.withdraw_precedent", precedent)
    if not reason.strip():
        raise Invalid(_("Write why it is withdrawn."), fields={"reason": [_("required")]})
    if precedent.state == Precedent.State.WITHDRAWN:
        raise Conflict(_("This precedent is withdrawn already."))
    with deed(actor, "precedent.withdraw", precedent, reason=reason.strip()):
        precedent.state = Precedent.State.WITHDRAWN
        precedent.save()
    return precedent


def check(precedent: Precedent) -> None:
    """Put the fields into their one form and pass if they can be right.

    Raises:
        Invalid: with what was expected and found, by field.
    """
    if precedent.act_kind not in law.acts().kinds:
        raise _wrong("act_kind", _("Choose a kind of act from the list."))
    precedent.nice_classes = clean_nice_classes(precedent.nice_classes)
    try:
        precedent.articles = "\n".join(read_articles(precedent.articles))
    except Unreadable as error:
        raise _wrong(
            "articles",
            _("Expected citations such as %(example)s, found “%(found)s”.")
            % {"example": EXAMPLE, "found": error},
        ) from error
    if precedent.decided_on and precedent.decided_on > timezone.localdate():
        raise _wrong(
            "decided_on",
            _("Expected a day up to today, got %(day)s.") % {"day": precedent.decided_on},
        )
    for name in MASKED_FIELDS:
        if has_numbers(getattr(precedent, name)):
            raise _wrong(
                name,
                _("An identity, code or telephone number stands here; take it out or mask it."),
            )
    fill(precedent)
    validate(precedent)


def fill(precedent: Precedent) -> None:
    """Set what follows from the other fields: likeness of the names, text for the search."""
    precedent.protected, precedent.accused = precedent.protected.strip(), precedent.accused.strip()
    precedent.likeness = likeness_of(precedent.protected, precedent.accused)
    precedent.search_text = split_for_search(
        precedent.title, precedent.number, precedent.parties, precedent.facts,
        precedent.protected, precedent.accused, precedent.articles, precedent.penalty,
        precedent.decided_by,
    )  # fmt: skip


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
