"""The top bar is the whole navigation; apps put their entries into it at start-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Count = Callable[[Any], int | None]

# Menus of the bar: what belongs to one of them stands in it, in the order given here.
GROUPS: Mapping[str, tuple[Text, int]] = {
    "monitors": (_("Monitors"), 40),
    "actions": (_("Actions"), 50),
    "more": (_("More"), 90),
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation.

    Attributes:
        key: stable name.
        label: what officers read.
        url_name: name of the page it opens; entries whose page does not exist are left out.
        order: place from left to right; the desk is 10.
        permission: needed to see the entry; None for every officer.
        count: figure shown beside the label for this officer, e.g. open leads.
        group: menu it stands in (`GROUPS`), or empty for the bar itself.
        icon: its sign in the bottom bar of a phone.
        phone: whether it stands in the bottom bar of a phone.
    """

    key: str
    label: Text
    url_name: str
    order: int
    permission: str | None = None
    count: Count | None = None
    group: str = ""
    icon: str = "chevron-right"
    phone: bool = False


@dataclass(slots=True)
class Entry:
    """An entry, or a menu of entries, as one officer sees it on one page."""

    key: str
    label: Text
    order: int
    url: str = ""
    icon: str = ""
    count: int | None = None
    phone: bool = False
    active: bool = False
    children: list[Entry] = field(default_factory=list)


_items: dict[str, NavItem] = {}
_bell: dict[str, Any] = {}


def register(item: NavItem) -> None:
    """Put an entry into the bar; a second one with the same key replaces the first.

    Raises:
        ValueError: the group is none of `GROUPS`.
    """
    if item.group and item.group not in GROUPS:
        raise ValueError(f"group must be one of {', '.join(GROUPS)}; got {item.group}")
    _items[item.key] = item


def register_bell(url_name: str, count: Count) -> None:
    """Name the page of notices and how many of them an officer has not read."""
    _bell.update(url_name=url_name, count=count)


def page_url(name: str) -> str:
    """The address of a page by its name, or empty when no app serves it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def entries(user: Any, path: str) -> list[Entry]:
    """What the officer may see, in order, with the entry active that the page lies under."""
    flat: list[tuple[NavItem, Entry]] = []
    for item in _items.values():
        url = page_url(item.url_name)
        if not url or (item.permission and not user.has_perm(item.permission)):
            continue
        count = item.count(user) if item.count else None
        flat.append(
            (item, Entry(item.key, item.label, item.order, url, item.icon, count, item.phone))
        )
    under = [entry for _, entry in flat if _lies_under(path, entry.url)]
    if under:
        max(under, key=lambda entry: len(entry.url)).active = True
    bar: list[Entry] = []
    menus: dict[str, Entry] = {}
    for item, entry in sorted(flat, key=lambda pair: pair[0].order):
        if not item.group:
            bar.append(entry)
            continue
        if item.group not in menus:
            label, order = GROUPS[item.group]
            bar.append(menus.setdefault(item.group, Entry(item.group, label, order)))
        menus[item.group].children.append(entry)
        menus[item.group].active |= entry.active
    return sorted(bar, key=lambda entry: entry.order)


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context processor: the frame's entries and addresses, for signed-in officers."""
    frame: dict[str, Any] = {"bureau_name": settings.BUREAU_NAME}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame |= {
            "navigation": Lazy(lambda: entries(user, request.path)),
            "search_url": page_url("search"),
            "me_url": page_url("me"),
            "password_url": page_url("password_change"),
            "bell_url": page_url(_bell["url_name"]) if _bell else "",
            "bell_count": Lazy(lambda: _bell["count"](user) if _bell else None),
        }
    frame["logout_url"], frame["language_url"] = page_url("logout"), page_url("set_language")
    return {"frame": frame}


class Lazy:
    """A value that is worked out only on pages that show it, and then once.

    Templates call it; parts of a page answered to htmx have no frame and cost no counting.
    """

    def __init__(self, work_out: Callable[[], Any]) -> None:
        self._work_out = work_out
        self._kept: list[Any] = []

    def __call__(self) -> Any:
        if not self._kept:
            self._kept.append(self._work_out())
        return self._kept[0]
