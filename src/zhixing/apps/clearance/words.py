"""Headings, relations and advice of a result in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

LISTS: Mapping[str, tuple[Text, Text]] = {
    "identical": (
        _("Identical marks"),
        _("The same words; script, case, width and spacing aside."),
    ),
    "glyph": (_("Alike to the eye"), _("Characters or letters that look alike.")),
    "sound": (_("Alike to the ear"), _("Characters that sound the same or nearly so.")),
    "meaning": (_("Alike in meaning"), _("Characters exchanged for others of one meaning.")),
    "arrangement": (
        _("Order, additions and omissions"),
        _("The same characters in another order, or with some added or left out."),
    ),
    "figure": (
        _("Alike in figure"),
        _("Pictures alike as a whole, in part, mirrored, turned or as a negative."),
    ),
}
RELATIONS: Mapping[str, tuple[Text, str]] = {
    "same_group": (_("same group"), "bad"),
    "same_class": (_("same class"), "warn"),
    "unknown": (_("goods unknown"), "neutral"),
    "other": (_("other goods"), "neutral"),
}
KINDS: Mapping[str, Text] = {
    "whole": _("whole"),
    "inverted": _("negative"),
    "mirrored": _("mirrored"),
    "rotated": _("turned"),
    "part": _("in part"),
}
ADVICE: Mapping[str, Text] = {
    "identical_stands": _(
        "An identical mark that lives stands for the same or unknown goods. A filing will probably "
        "be refused; choose another name, or ask the holder."
    ),
    "similar_stands": _(
        "Living marks for the same class are alike. Compare each one: whole impression, first "
        "character, dominant part, meaning."
    ),
    "nothing_near": _(
        "Nothing alike was found among living marks for these goods. That is no promise of "
        "registration."
    ),
    "well_known": _(
        "A well-known mark is among the results; its protection may reach beyond its own goods."
    ),
    "classes_missing": _(
        "No class was given, so how near the goods are could not be told. Search again with the "
        "classes of your goods."
    ),
    "not_an_opinion": _(
        "Likeness measured by a machine is not a legal opinion. The trade mark office decides, and "
        "other rights (names, copyright, marks in use) are not searched here."
    ),
    "register_of_the_bureau": _(
        "Searched were the marks in this bureau's register as of the day of the report, not the "
        "whole national register. Status and last day are as entered or imported; check them with "
        "the trade mark office before you file."
    ),
}
UNITS: Mapping[str, Text] = {
    "year": _("years"),
    "month": _("months"),
    "calendar_day": _("days"),
    "working_day": _("working days"),
}
