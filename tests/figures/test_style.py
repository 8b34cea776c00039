"""What all figures share, in every figure of every page."""

from __future__ import annotations

import pytest

import explorer
from explorer.figures.lazy import specification

PAGES = (
    "/binary?log=true",
    "/categorical",
    "/network?steps=10",
    "/algebra",
    "/losses",
    "/objective",
    "/rows",
    "/doctor?told=nan",
)


@pytest.mark.parametrize("address", PAGES)
def test_axes_write_numbers_as_texts_do(address: str) -> None:
    """A power of ten, and no prefix of a unit such as µ; counts of rows may be 1k."""
    for chart in explorer.view(address).charts:
        layout = specification(chart.figure)["layout"]
        axes = {name: axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))}
        assert axes or "scene" in layout
        for name, axis in axes.items():
            shared = layout["template"]["layout"][name[:5]]
            assert {**shared, **axis}["exponentformat"] == "power"
