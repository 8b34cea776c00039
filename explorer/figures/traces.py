"""The traces that figures are made of, in colours of the palette: lines, bars, levels, points, and marks of bars without end.

They stay as they are until their `meta` says what they follow (see `binding.following`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from explorer.figures.binding import Trace, following
from explorer.figures.style import GROUND, PALETTE, THEMES, VERMILLION

_STILL: Mapping[str, Any] = MappingProxyType({})


def in_light(color: int) -> str:
    """Return a colour as a figure has it in the light: of the palette, or the page's background."""
    return THEMES["light"].ground if color == GROUND else PALETTE[color]


def color_scale(shades: Sequence[int]) -> list[list[Any]]:
    """Return a colour scale of colours of the palette, evenly spaced, as a heat map with these `shades` has it in the light."""
    return [[k / (len(shades) - 1), in_light(shade)] for k, shade in enumerate(shades)]


def line(
    uid: str,
    color: int,
    x: Any,
    y: Any,
    *,
    width: float = 2.5,
    dash: str = "solid",
    meta: Mapping[str, Any] = _STILL,
    **more: Any,
) -> Trace:
    """Return a trace of a line through points, arrays or lists of shape (points,); more are its further attributes."""
    look = {"color": in_light(color), "width": width, "dash": dash, "simplify": False}
    return {
        "type": "scatter", "uid": uid, "mode": "lines", "x": x, "y": y, "line": look, "meta": {**meta, "color": color}, **more,
    }  # fmt: skip


def bars(uid: str, color: int, x: Any, y: Any, *, meta: Mapping[str, Any] = _STILL, **more: Any) -> Trace:
    """Return a trace of bars, arrays or lists of shape (bars,); more are its further attributes."""
    marker = {"color": PALETTE[color]}
    return {"type": "bar", "uid": uid, "x": x, "y": y, "marker": marker, "meta": {**meta, "color": color}, **more}


def levels(uid: str, x: Any, y: Any, z: Any, title: str, *, length: float = 1.0, **more: Any) -> Trace:
    """Return a trace of lines of equal z, shape (len(y), len(x)), with a scale: its title, and its length over the chart's."""
    return {
        "type": "contour",
        "uid": uid,
        "x": x,
        "y": y,
        "z": z,
        "colorscale": "Viridis",
        "reversescale": True,
        "line": {"width": 0.6, "color": "rgba(255,255,255,0.7)", "smoothing": 0},
        "colorbar": {"title": {"text": title, "side": "right"}, "thickness": 12, "len": length, "outlinewidth": 0},
        **more,
    }


def point(
    uid: str,
    color: int = VERMILLION,
    *,
    size: float = 13,
    symbol: str = "circle",
    meta: Mapping[str, Any] = _STILL,
    **more: Any,
) -> Trace:
    """Return a trace of one point, of a size in pixels that a hand can hold; more are its further attributes."""
    return {
        "type": "scatter",
        "uid": uid,
        "name": uid,
        "showlegend": False,
        "x": [0.0],
        "y": [0.0],
        "mode": "markers",
        "marker": {"size": size, "symbol": symbol, "color": PALETTE[color], "line": {"width": 2, "color": "white"}},
        "cliponaxis": False,
        "meta": {**meta, "color": color},
        **more,
    }


def endless(uid: str, sign: int, bind: Mapping[str, Sequence[str]], *, bars: int = 1, **more: Any) -> Trace:
    """Return a trace that writes ∞ on the bars that have no end, of so many side by side, none wider than its bar.

    more places it, on an overlaid axis from 0 to 1.
    """
    return {
        "type": "scatter", "uid": uid, "name": "∞", "mode": "text", "text": "<b>∞</b>" if sign > 0 else "<b>−∞</b>",
        "textfont": {"size": min(18, 108 // bars), "color": "white"}, "showlegend": False, "hoverinfo": "skip", **more,
        "meta": following(bind, color=GROUND, ends=sign),
    }  # fmt: skip
