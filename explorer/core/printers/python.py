"""What NumPy, PyTorch and JAX share: the language."""

from __future__ import annotations

from collections.abc import Sequence
from keyword import kwlist
from typing import TYPE_CHECKING

from sympy import Expr, Float

from explorer.core.printers.common import CIRCULAR, Code, indented

if TYPE_CHECKING:
    from explorer.core.program import Program

WORDS = frozenset(kwlist)
ARRAY_FUNCTIONS = {f"a{f}": f"arc{f}" for f in CIRCULAR}
ARRAY_FUNCTIONS |= {"maximum": "maximum", "minimum": "minimum"}
"""What NumPy, and JAX after it, calls otherwise than most languages."""


class Python(Code):
    """Prints Python."""

    def raised(self, base: Expr, exponent: Expr) -> str:
        """Print base to the power exponent."""
        negative = exponent.is_Integer and exponent.is_negative
        return super().raised(base, Float(exponent) if negative else exponent)  # NumPy has no such power of whole numbers


def function(printer: Python, program: Program, name: str, outputs: Sequence[str] | None) -> str:
    """Return a function of the inputs: to a dict of outputs, or where they are None to the program's output."""
    results = "{" + ", ".join(f'"{output}": {printer.names[output]}' for output in outputs or ()) + "}"
    returned = printer.names[program.output.name] if outputs is None else results
    arguments = ", ".join(printer.names[s.name] for s in program.inputs)
    lines = [*printer.assign(program.needed([program.output] if outputs is None else outputs)), f"return {returned}"]
    return f"def {name}({arguments}):\n{indented(lines, '    ')}"
