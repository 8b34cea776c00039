"""A family of losses as a small picture: each of its curves over what is predicted."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import numpy as np

from explorer.core.checks import FloatArray
from explorer.core.losses import FAMILIES, LOSSES, Loss, find

WIDTH, HEIGHT, POINTS = 320, 150, 121
COLORS = 10
"""After so many curves the palette begins anew."""


def members(family: str) -> tuple[Loss, ...]:
    """Return the losses of a family."""
    return tuple(loss for loss in LOSSES.values() if loss.family == family)


def found(text: str, family: str) -> tuple[Loss, ...]:
    """Return the losses that a text may mean, or without a text those of a family."""
    return find(text) if text.strip() else members(family)


@lru_cache(maxsize=len(FAMILIES))
def picture(family: str) -> str:
    """Return a family's curves as SVG: each as high as the picture within what is predicted, for its shape is what counts."""
    lines = "".join(_line(k, loss) for k, loss in enumerate(members(family)))
    label = f"Curves of the family: {FAMILIES[family]}"
    return f"<svg class='live-family' viewBox='0 0 {WIDTH} {HEIGHT}' role='img' aria-label='{escape(label)}'>{lines}</svg>"


def _line(k: int, loss: Loss) -> str:
    x, y = _curve(loss)
    usable = np.isfinite(y)
    if not usable.any():
        return ""
    low, high = float(np.percentile(y[usable], 1)), float(np.percentile(y[usable], 97))
    across = (x - x[0]) / (x[-1] - x[0]) * WIDTH
    down = HEIGHT - 8 - (y - low) / ((high - low) or 1.0) * (HEIGHT - 24)
    shown = usable & (down > -HEIGHT)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across[shown], down[shown], strict=True))
    color = f"stroke: var(--live-color-{k % COLORS})"
    return f"<polyline points='{points}' style='{color}'><title>{escape(loss.title)}</title></polyline>"


def _curve(loss: Loss) -> tuple[FloatArray, FloatArray]:
    """A loss over its prediction, all else where it starts."""
    low, high = loss.input(loss.by).domain.shown
    x = np.linspace(low, high, POINTS)
    return x, np.broadcast_to(loss.program().evaluate({**loss.starts, loss.by: x}, ["L"])["L"], POINTS)
