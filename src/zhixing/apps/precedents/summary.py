"""The chart of the summary page."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zhixing.kit.charts import Chart, bars


def year_chart(years: Sequence[tuple[int, dict[str, int]]]) -> Chart:
    """Precedents per year of their decision."""
    return bars(
        _("Precedents by year of the decision"),
        [str(year) for year, _counts in years],
        [sum(counts.values()) for _year, counts in years],
        headings=(_("Year"), _("Precedents")),
    )
