"""The same curve with stock Streamlit, for comparison: st.slider and st.plotly_chart."""

import plotly.graph_objects as go
import streamlit as st

from explorer.core import losses
from explorer.figures.binary import FRAMES

st.set_page_config(layout="wide")
p = st.slider("Prediction p", 0.0, 1.0, 0.2, 0.001, key="p")
x = FRAMES["p"].x
curve = go.Scatter(x=x, y=losses.binary_cross_entropy(x, 1))
point = go.Scatter(x=[p], y=[losses.binary_cross_entropy(p, 1)], mode="markers")
st.plotly_chart(go.Figure([curve, point], {"yaxis": {"range": [-0.3, 7.3]}}), key="chart")
