"""Somebody's own predictions and targets: read, recognised, and taken apart where they are."""

from explorer.rows.opening import Rows, open_rows
from explorer.rows.report import Report

__all__ = ["Report", "Rows", "open_rows"]
