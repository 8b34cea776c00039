"""Somebody's own predictions and targets: read, recognised, and taken apart where they are."""
