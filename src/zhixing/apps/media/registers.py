"""The registers of media, rounds and monitored days, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.media import page
from zhixing.apps.media.actions.keep_media import create_medium, update_medium
from zhixing.apps.media.actions.run_rounds import create_round, record_day, update_round
from zhixing.apps.media.filters import DayFilters, MediumFilters, RoundFilters
from zhixing.apps.media.forms import ChooseDayForm, MediumDayForm, MediumForm, RoundForm
from zhixing.apps.media.importers import MediumImporter
from zhixing.apps.media.models import Medium, MediumDay, Round
from zhixing.apps.media.sections import day_sections, medium_sections
from zhixing.apps.media.selectors import days_visible, done_of_rounds, media_visible, rounds_visible
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.requests import OfficerRequest

STATUS_TONES = {"active": "good", "suspended": "bad", "closed": "neutral"}
ROUND_TONES = {"draft": "neutral", "running": "accent", "closed": "good"}
DAY_TONES = {"planned": "neutral", "monitored": "good", "missed": "bad"}


class MediumRegister(Register):
    """Media under supervision."""

    model = Medium
    app_name, slug = "media", "media"
    label, label_one = _("Media"), _("Medium")
    permissions = Permissions(
        view="media.view_medium",
        add="media.add_medium",
        change="media.change_medium",
        export="media.export_medium",
    )
    selector = staticmethod(media_visible)
    columns = (
        Column("name", _("Medium"), sort="name", link=True),
        Column("kind", _("Kind of medium")),
        Column("operator_name", _("Operator")),
        Column("authority", _("Competent authority")),
        Column("status", _("Status"), badge=STATUS_TONES),
        OFFICE,
        Column("address", _("Channel, address or account"), shown=False),
        Column("number", _("Medium number"), shown=False),
        Column("for_minors", _("Aimed at minors"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "name"
    filterset = MediumFilters
    has_search = True
    search_hint = _("Name, operator, address or number")
    form = MediumForm
    create = staticmethod(create_medium)
    update = staticmethod(update_medium)
    bulk_fields = ()
    importer = MediumImporter
    empty_hint = _("No medium of your offices is in the register yet. Import a list or enter one.")
    facts = (
        Facts(
            _("Medium"),
            (
                Column("kind", _("Kind of medium")),
                Column("operator_name", _("Operator")),
                Column("authority", _("Competent authority")),
                Column("address", _("Channel, address or account")),
                Column("for_minors", _("Aimed at minors")),
                Column("status", _("Status"), badge=STATUS_TONES),
                Column("number", _("Medium number")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        days = Section(
            50, "days", _("Monitored days"), "media/sections/days.html", page.days_of_medium
        )
        return sorted([days, *medium_sections()], key=lambda section: section.order)


class RoundRegister(Register):
    """Rounds of monitoring."""

    model = Round
    app_name, slug = "media", "rounds"
    label, label_one = _("Monitoring rounds"), _("Monitoring round")
    permissions = Permissions(
        view="media.view_round",
        add="media.add_round",
        change="media.change_round",
        export="media.export_round",
    )
    selector = staticmethod(rounds_visible)
    columns = (
        Column("name", _("Round"), link=True),
        Column("design", _("Selection")),
        Column("starts_on", _("First day"), sort="starts_on"),
        Column("ends_on", _("Last day")),
        Column("state", _("State"), badge=ROUND_TONES),
        Column("done", _("Days monitored"), resolve=done_of_rounds, numeric=True),
        OFFICE,
        Column("purpose", _("Purpose"), shown=False),
        Column("number", _("Round number"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "-starts_on"
    filterset = RoundFilters
    form = RoundForm
    create = staticmethod(create_round)
    update = staticmethod(update_round)
    empty_hint = _(
        "No round yet. Plan one: days of media are drawn at random, so that the rates mean "
        "something."
    )
    detail_template = "media/round.html"
    facts = (
        Facts(
            _("Monitoring round"),
            (
                Column("design", _("Selection")),
                Column("purpose", _("Purpose")),
                Column("starts_on", _("First day")),
                Column("ends_on", _("Last day")),
                Column("state", _("State"), badge=ROUND_TONES),
                Column("number", _("Round number")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "draw", _("The draw"), "media/sections/draw.html", page.draw_of),
            Section(20, "days", _("Days of media"), "media/sections/days.html", page.days_of_round),
        )

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Round) -> Mapping[str, Any]:
        may = request.user.has_perm("media.draw_round", obj)
        running = obj.state == Round.State.RUNNING
        choosing = may and running and not obj.is_random
        return {
            "may_start": may and obj.state == Round.State.DRAFT,
            "may_close": may and running,
            "choose_form": ChooseDayForm(actor=request.user) if choosing else None,
        }


class MediumDayRegister(Register):
    """Days of media, drawn or chosen, with what was monitored of them."""

    model = MediumDay
    app_name, slug = "media", "days"
    label, label_one = _("Monitored days"), _("Monitored day")
    permissions = Permissions(
        view="media.view_mediumday",
        change="media.change_mediumday",
        export="media.export_mediumday",
    )
    selector = staticmethod(days_visible)
    columns = (
        Column("title", _("Medium and day"), accessor="__str__", link=True),
        Column("kind", _("Kind of medium"), accessor="medium.kind"),
        Column("day", _("Day"), sort="day", shown=False),
        Column("round", _("Round")),
        Column("design", _("Selection"), accessor="round.design"),
        Column("state", _("State"), badge=DAY_TONES),
        Column("items", _("Advertisements monitored"), numeric=True),
        Column("seconds", _("Seconds"), numeric=True),
        Column("area_cm2", _("Area, cm²"), numeric=True),
        OFFICE,
        Column("position", _("Place in the draw"), numeric=True, shown=False),
        Column("missed_reason", _("Why it was missed"), shown=False),
    )
    default_sort = "-day"
    filterset = DayFilters
    form = MediumDayForm
    update = staticmethod(record_day)
    empty_hint = _("Nothing is to be monitored yet. Plan a round and draw it.")
    facts = (
        Facts(
            _("Monitored day"),
            (
                Column("medium", _("Medium")),
                Column("day", _("Day")),
                Column("round", _("Round")),
                Column("design", _("Selection"), accessor="round.design"),
                Column("state", _("State"), badge=DAY_TONES),
                Column("missed_reason", _("Why it was missed")),
                Column("items", _("Advertisements monitored")),
                Column("seconds", _("Seconds")),
                Column("area_cm2", _("Area, cm²")),
                Column("recorded_at", _("Recorded")),
                Column("recorded_by", _("Recorded by")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return sorted(day_sections(), key=lambda section: section.order)
