"""The kinds of names that are judged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NameKind(models.TextChoices):
    """What a name is the name of; shop names and online listings are sightings."""

    SUBJECT = "subject", _("Enterprise name")
    MARK = "mark", _("Trade mark")
    SHOP = "shop", _("Shop name")
    LABEL = "label", _("Product label")
    LISTING = "listing", _("Online listing")
