"""What other apps may use of media and rounds."""

from zhixing.apps.media.actions.keep_media import (
    create_medium,
    set_medium_status,
    update_medium,
)
from zhixing.apps.media.actions.run_rounds import (
    add_days,
    close_round,
    create_round,
    record_day,
    start_round,
)
from zhixing.apps.media.models import Design, Medium, MediumDay, Round, Stratum
from zhixing.apps.media.sections import register_day_section, register_medium_section
from zhixing.apps.media.selectors import days_visible, media_visible, rounds_visible

__all__ = [
    "Design",
    "Medium",
    "MediumDay",
    "Round",
    "Stratum",
    "add_days",
    "close_round",
    "create_medium",
    "create_round",
    "days_visible",
    "media_visible",
    "record_day",
    "register_day_section",
    "register_medium_section",
    "rounds_visible",
    "set_medium_status",
    "start_round",
    "update_medium",
]
