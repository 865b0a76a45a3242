"""Deeds on the keys by which other systems send advertisements: make, withdraw."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.adverts.models import CaptureKey
from zhixing.kit.actors import require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid

BYTES = 32


def make_key(actor: Any, *, name: str, unit_path: str) -> tuple[CaptureKey, str]:
    """A key for another system; the key itself is told once and not kept.

    Raises:
        Refused: the actor does not head the office.
        Invalid: no name.
    """
    key = CaptureKey(name=name.strip(), unit_path=unit_path, made_by=actor)
    require(actor, "adverts.keep_keys", key)
    if not key.name:
        sentence = _("Say which system uses the key.")
        raise Invalid(sentence, fields={"name": [sentence]})
    secret = secrets.token_urlsafe(BYTES)
    key.digest = digest_of(secret)
    with deed(actor, "key.make") as act:
        key.save()
        act.obj = key
    return key, secret


def withdraw_key(actor: Any, key: CaptureKey) -> CaptureKey:
    """Take a key out of force at once.

    Raises:
        Refused: the actor does not head the office.
    """
    require(actor, "adverts.keep_keys", key)
    with deed(actor, "key.withdraw", key):
        key.is_active = False
        key.save(update_fields=["is_active", "updated"])
    return key


def key_of(secret: str) -> CaptureKey | None:
    """The key in force with that secret, whose maker still works here."""
    found = CaptureKey.objects.filter(digest=digest_of(secret), is_active=True).first()
    if found is None or not found.made_by.is_active:
        return None
    CaptureKey.objects.filter(pk=found.pk).update(used_at=timezone.now())
    return found


def digest_of(secret: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()
