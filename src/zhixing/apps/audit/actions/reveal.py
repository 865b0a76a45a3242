"""Reading personal data unmasked: allowed with a reason, and written down."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid


def reveal(actor: Actor, obj: models.Model, field: str, *, reason: str) -> str:
    """The plain value of a personal field, after the read is in the book.

    Raises:
        Refused: the actor's role or office does not allow it.
        Invalid: no reason is given, or the field is not declared personal.
    """
    require(actor, "audit.reveal_personal", obj)
    if field not in getattr(obj, "personal_fields", {}):
        raise Invalid(_("“%(field)s” is not a masked field.") % {"field": field})
    if not reason.strip():
        raise Invalid(
            _("Say why you need to see it; the reason is kept in the audit."),
            fields={"reason": [_("required")]},
        )
    with deed(actor, "personal_data.read", obj, reason=reason.strip(), detail={"field": field}):
        return str(getattr(obj, field))
