"""The live chart: a Plotly figure that follows native sliders while they move."""
