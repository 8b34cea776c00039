"""The look that all figures share: Okabe and Ito's palette, a quiet template, and margins."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A6F00", "#595959", "#6A3D9A", "#8B4513")
"""For a light ground; Okabe and Ito's colours, the yellow darkened and the black lightened, with a violet and a brown for ten.

A trace names its colour by position here (`meta.color`), so that a page can put its theme's palette in its place.
"""
BLUE, VERMILLION, GREEN, PURPLE, ORANGE = range(5)
GREY = 7
GROUND = -1
"""The page's background in place of a colour of the palette."""

_AXIS = {"zeroline": False, "gridcolor": "rgba(128,128,128,0.2)", "linecolor": "rgba(128,128,128,0.6)", "ticks": ""}

TEMPLATE: dict[str, Any] = go.layout.Template(
    layout={
        "colorway": PALETTE,
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "font": {"family": "Source Sans Pro, Source Sans, sans-serif", "size": 14, "color": "#31333F"},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top"},
        "margin": {"l": 60, "r": 12, "t": 32, "b": 48},
    }
).to_plotly_json()
