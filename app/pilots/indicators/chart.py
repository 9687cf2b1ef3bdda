"""The picture of an indicator's readings: drawn here, shown as an image, readable in the dark."""

from datetime import date
from typing import Any

import pygal
from flask_babel import format_date
from flask_babel import gettext as _
from pygal.style import Style

from app.pilots.indicators.models import Indicator
from app.web.formats import number

_FONT = '"Public Sans", "Helvetica Neue", Arial, sans-serif'
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#1b2733",
    foreground_strong="#1b2733",
    foreground_subtle="#687787",
    colors=("#174a7c", "#687787", "#1f7a6d"),
    font_family=_FONT,
    label_font_size=17,
    major_label_font_size=17,
    legend_font_size=17,
    opacity="1",
    guide_stroke_color="#d3dbe2",
    major_guide_stroke_color="#d3dbe2",
)
_DARK = """inline:
@media screen and (prefers-color-scheme: dark) {
  text { fill: #e8eef4 !important; }
  .series.serie-0 path.line { stroke: #8cc0f0 !important; }
  .color-0 { stroke: #8cc0f0 !important; fill: #8cc0f0 !important; }
  .color-1 { stroke: #9fb0c0 !important; fill: #9fb0c0 !important; }
  .color-2 { stroke: #5cc4b2 !important; fill: #5cc4b2 !important; }
  .guides { stroke: #3a4a5a !important; }
}
path.line { fill: none !important; }
.serie-0 path.line { stroke-width: 4px !important; }
.serie-1 path.line, .serie-2 path.line { stroke-width: 2.5px !important; }
"""


def _short_date(ordinal: float) -> str:
    return str(format_date(date.fromordinal(round(ordinal)), "medium", rebase=False))


def _without_scripts(root: Any) -> Any:
    # The library writes its settings into a script even when it is told to load none.
    for parent in root.iter():
        for child in list(parent):
            if str(child.tag).endswith("script"):
                parent.remove(child)
    return root


def chart(indicator: Indicator) -> bytes:
    """Return the readings between baseline and target as an SVG document."""
    days = [indicator.baseline_on, *(reading.on for reading in indicator.readings)]
    first, last = min(days), max(days)
    picture = pygal.XY(
        style=_STYLE,
        css=["file://style.css", "file://graph.css", _DARK],
        js=[],
        width=520,
        height=300,
        show_y_guides=True,
        show_x_guides=False,
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        x_value_formatter=_short_date,
        value_formatter=number,
        truncate_legend=-1,
        dots_size=6,
        margin_right=60,
        min_scale=4,
        max_scale=6,
    )
    ends = (first.toordinal(), max(last, first).toordinal())
    picture.x_labels = sorted(set(ends))
    readings = [(indicator.baseline_on.toordinal(), float(indicator.baseline))]
    readings += [(reading.on.toordinal(), float(reading.value)) for reading in indicator.readings]
    picture.add(_("Readings"), readings)
    for name, value in ((_("Baseline"), indicator.baseline), (_("Target"), indicator.target)):
        level = [(ordinal, float(value)) for ordinal in ends]
        picture.add(name, level, show_dots=False, stroke_style={"width": 2, "dasharray": "6, 6"})
    picture.add_xml_filter(_without_scripts)
    drawn: bytes = picture.render()
    return drawn
