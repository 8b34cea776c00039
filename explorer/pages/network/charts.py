"""The charts of /network on their places."""

from __future__ import annotations

import streamlit as st

from explorer.live import live
from explorer.pages.network import weights
from explorer.views.network.charts import NO_PREDICTION
from explorer.views.view import View


def show(view: View, surface: str) -> None:
    """Slice and surface, the gradient, and what the network predicts; surface is the key of the second."""
    over, under = st.columns(2), st.columns(2)
    with over[0]:
        live.chart(view, "slice-chart", on_commit=weights.hold)
    with over[1]:
        live.chart(view, surface, on_commit=weights.hold)
    with under[0]:
        live.chart(view, "gradient-chart")
    with under[1]:
        if any(chart.key == "decision-chart" for chart in view.charts):
            live.chart(view, "decision-chart")
        else:
            st.markdown(NO_PREDICTION)


def show_around(view: View) -> None:
    """The loss in two random directions, and its curvatures."""
    charts = {chart.key for chart in view.charts}
    for place, part in zip(st.columns(2), ("directions", "curvature"), strict=True):
        with place:
            live.text(view, part)
            if f"{part}-chart" in charts:
                live.chart(view, f"{part}-chart")
