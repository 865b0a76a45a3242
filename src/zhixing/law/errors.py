"""Errors of the law tables; every leaf has a stable `code`."""

from __future__ import annotations


class LawError(Exception):
    """Root of every error the law tables raise on purpose; `str()` is one sentence."""

    code = "law.error"


class TableInvalid(LawError):
    """A table file cannot be used; the sentence names the file, the row and what is wrong."""

    code = "law.table_invalid"


class UnknownTable(LawError):
    """No table or programme of this name exists, neither built in nor local."""

    code = "law.unknown_table"


class UnknownCode(LawError):
    """The table has no provision of this code."""

    code = "law.unknown_code"


class NotInForce(LawError):
    """The provision exists, but no row of it is in force on the day asked for."""

    code = "law.not_in_force"


class ExtensionRefused(LawError):
    """More extensions were asked for than the law grants, or the law fixes no length for them."""

    code = "law.extension_refused"


class ClockStopped(LawError):
    """A stop without end holds the period up: it has no last day yet."""

    code = "law.clock_stopped"


class TriggerUnusable(LawError):
    """A clock was started with a moment it cannot count from."""

    code = "law.trigger_unusable"


class YearNotAnnounced(LawError):
    """The State Council's calendar of the year is not in the tables."""

    code = "law.year_not_announced"
