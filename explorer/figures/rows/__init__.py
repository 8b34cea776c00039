"""The pictures of somebody's own rows: functions of arrays that return what a live chart takes. Nothing here reads the rows."""

from explorer.figures.rows.classes import class_losses, confusion, precision_recall, roc
from explorer.figures.rows.distribution import Curve, Histogram, distribution
from explorer.figures.rows.drawn import Drawn
from explorer.figures.rows.reliability import reliability
from explorer.figures.rows.temperature import temperature

__all__ = [
    "Curve",
    "Drawn",
    "Histogram",
    "class_losses",
    "confusion",
    "distribution",
    "precision_recall",
    "reliability",
    "roc",
    "temperature",
]
