"""What evidence tells the rest of the kit at start-up: the words of its deeds."""

from django.utils.translation import gettext_lazy as _

DEED_NAMES = {"evidence.attach": _("attached evidence")}
