"""Algebra on losses: read what is typed, take it apart, check each step, within a budget of time and memory.

To add an operation: write a function in `operations`, and list it there with its check.
"""

from explorer.core.algebra.execution import apply
from explorer.core.algebra.reading import read

__all__ = ["apply", "read"]
