"""The look that all figures share: Okabe and Ito's palette, a quiet template, and margins."""

from __future__ import annotations

from typing import Any, NamedTuple

import plotly.graph_objects as go


class Theme(NamedTuple):
    """The colours of a theme. The palette is Okabe and Ito's, readable on its ground, with a violet and a brown for ten."""

    palette: tuple[str, ...]
    text: str
    ground: str
    raised: str
    line: str
    primary: str
    red: str


THEMES = {
    "light": Theme(
        ("#0072B2", "#C24E00", "#00805E", "#B0508A", "#A66F00", "#2C7FB0", "#7A6F00", "#595959", "#6A3D9A", "#8B4513"),
        text="#31333F", ground="#FFFFFF", raised="#F0F2F6", line="#D5D6DA", primary="#0072B2", red="#BD4043",
    ),
    "dark": Theme(
        ("#56B4E9", "#F08A4B", "#35C29A", "#E3A1C7", "#E69F00", "#8CCBEF", "#F0E442", "#BDBDBD", "#B9A1FF", "#C8A078"),
        text="#FAFAFA", ground="#0E1117", raised="#262730", line="#3D4044", primary="#56B4E9", red="#FF6C6C",
    ),
}  # fmt: skip
"""Of every surface; those of the application stand in .streamlit/config.toml, which a test holds to be the same."""
PALETTE = THEMES["light"].palette
"""A trace names its colour by position here (`meta.color`), so that a page can put its theme's palette in its place."""
BLUE, VERMILLION, GREEN, PURPLE, ORANGE = range(5)
GREY = 7
GROUND = -1
"""The page's background in place of a colour of the palette."""

_AXIS = {
    "zeroline": False,
    "exponentformat": "power",
    "gridcolor": "rgba(128,128,128,0.2)",
    "linecolor": "rgba(128,128,128,0.6)",
    "ticks": "",
}

TEMPLATE: dict[str, Any] = go.layout.Template(
    layout={
        "colorway": PALETTE,
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "font": {"family": "Source Sans Pro, Source Sans, sans-serif", "size": 14, "color": "#31333F"},
        "xaxis": _AXIS,
        "yaxis": _AXIS | {"automargin": True},  # room for labels such as −0.5×10³⁰⁰ beside a title
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top"},
        "margin": {"l": 60, "r": 12, "t": 32, "b": 48},
    }
).to_plotly_json()
