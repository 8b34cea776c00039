"""What NumPy, PyTorch and JAX share: a program as a function in Python."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.expressions.python import Python
from explorer.core.program import Program


def function(printer: Python, program: Program, name: str, outputs: Sequence[str]) -> str:
    """Return a function of the inputs: to a dict of outputs, or where there are none to the program's output."""
    steps = program.needed(outputs or [program.output])
    return printer.function(name, program.inputs, steps, outputs or program.output.name)
