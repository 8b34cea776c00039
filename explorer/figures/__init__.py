"""Figures: numbers in, a complete go.Figure out. They import core, never streamlit."""
