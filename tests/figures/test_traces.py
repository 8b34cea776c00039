"""Traces as figures are made of: valid to Plotly, in a colour that a page can replace."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from explorer.figures.binding import Trace, following
from explorer.figures.style import BLUE, GROUND, PALETTE, THEMES
from explorer.figures.traces import bars, levels, line, point

FOLLOWS = following({"y": "L"}, sweep={"x": "p"})
TRACES = {
    "line": line("one", BLUE, [0, 1], [0, 1], dash="dot", meta=FOLLOWS),
    "bars": bars("one", BLUE, [1, 2], [0, 1], meta=FOLLOWS),
    "point": point("one", BLUE, symbol="diamond", meta=FOLLOWS),
}


@pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES)
def test_a_trace_names_its_colour_beside_what_it_follows(trace: Trace) -> None:
    (shown,) = go.Figure([trace]).data
    assert shown.meta == {"bind": {"y": "L"}, "sweep": {"x": "p"}, "color": BLUE}
    assert (shown.line if trace["type"] == "scatter" and trace["mode"] == "lines" else shown.marker).color == PALETTE[BLUE]


def test_what_covers_has_the_colour_of_the_page() -> None:
    assert line("cover", GROUND, [0, 1], [0, 1])["line"]["color"] == THEMES["light"].ground


def test_lines_of_equal_loss_have_a_scale_with_its_title() -> None:
    (shown,) = go.Figure([levels("field", [0, 1], [0, 1], [[0, 1], [1, 2]], "L (nats)", length=0.8, zmax=2)]).data
    assert (shown.colorbar.title.text, shown.colorbar.len, shown.zmax) == ("L (nats)", 0.8, 2)
