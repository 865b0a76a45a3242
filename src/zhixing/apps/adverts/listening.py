"""What the monitor does when advertisements or approvals arrive: it listens to deeds.

Few texts are screened in the request that brought them, many by a job.
"""

from __future__ import annotations

import logging
from typing import Any

from zhixing.apps.adverts.actions.screen_ads import screen_soon, start_screening
from zhixing.apps.adverts.models import Ad, Capture
from zhixing.kit.actors import SystemActor
from zhixing.kit.deeds import Deed, done

logger = logging.getLogger(__name__)
MONITOR = SystemActor("ad monitor")
# Deeds after which texts may be due, besides captures and imports.
DEEDS = ("ad.update", "approval.create", "approval.update")
IMPORTS = ("ad-placements", "ad-approvals")


def listen() -> None:
    """Called once, when the app is ready."""
    done.connect(on_deed, sender=Deed, dispatch_uid="adverts.listening")


def on_deed(deed: Deed, **_signal: Any) -> None:
    """Screen what a deed has brought.

    The deed is done: whatever goes wrong here is logged and left to the next run, which finds the
    text due.
    """
    try:
        _act(deed)
    except Exception:
        logger.exception("texts could not be screened after %s; the next run will", deed.code)


def _act(deed: Deed) -> None:
    obj: Any = deed.obj
    if deed.code == "ad.capture" and isinstance(obj, Capture):
        ads = Ad.objects.filter(placements__capture=obj, is_due=True).order_by("pk")
        screen_soon(MONITOR, list(ads.values_list("pk", flat=True).distinct()), obj.unit_path)
    elif deed.code == "import.finish" and obj.importer in IMPORTS:
        top = obj.unit_path.split("/")[0] + "/"
        start_screening(MONITOR, unit_path=top)
    elif deed.code in DEEDS:
        due = Ad.objects.filter(is_due=True)
        if deed.code == "ad.update":
            due = due.filter(pk=obj.pk)
        else:
            due = due.filter(approval_number=obj.number)
        keys = list(due.order_by("pk").values_list("pk", flat=True))
        screen_soon(MONITOR, keys, obj.unit_path.split("/")[0] + "/")
