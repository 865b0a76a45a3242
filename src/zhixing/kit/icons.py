"""The icons that pages use, by their Tabler name; `{% icon %}` knows no others.

`zhixing.project.assets` takes exactly these out of the icon set, so the sprite stays small.
"""

from __future__ import annotations

ICONS = frozenset(
    """
    adjustments alert-circle alert-octagon alert-triangle arrow-back-up arrow-down arrow-left
    arrow-right arrow-up ban bell book bookmark building building-bank building-store calendar
    calendar-due certificate chart-bar chart-line check chevron-down chevron-left chevron-right
    chevron-up circle-check circle-dashed circle-minus circle-x clipboard-check clipboard-list
    clock columns copy credit-card database device-floppy dots download edit external-link eye
    eye-off file file-description file-download file-search file-spreadsheet file-text filter flag
    flask folder gavel help-circle history home id inbox info-circle key layout-dashboard link list
    list-check lock login logout mail map map-2 map-pin menu-2 message message-report microphone
    minus news note paperclip pencil phone photo player-pause player-play player-stop plus printer
    progress question-mark radar refresh report route scale search send settings shield
    shield-check shield-lock signature sitemap sort-ascending sort-descending speakerphone star
    stethoscope tag target test-pipe thumb-down thumb-up timeline tool trademark trash upload user
    user-check user-circle users versions volume wand x world zoom-in
    """.split()
)
