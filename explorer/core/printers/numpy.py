"""NumPy: programs as functions of numbers and arrays."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.expressions.numpy import NumPy
from explorer.core.printers.python import function as in_python
from explorer.core.program import Program
from explorer.core.stable_numpy import FUNCTIONS, source

__all__ = ["FUNCTIONS", "code", "source"]


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of numbers or arrays with all that it calls, ready to paste: to the output, or a dict of outputs."""
    printer = NumPy(program.symbols, name)
    printed = in_python(printer, program, name, outputs)
    body = "\n\n\n".join([*printer.helpers(), printed])
    imports = "import math\n\nimport numpy as np" if "math." in body else "import numpy as np"
    return f"{imports}\n\n\n{body}\n"
