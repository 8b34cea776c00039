"""Python: what NumPy, PyTorch and JAX share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from keyword import kwlist

from sympy import Expr, Float, Symbol

from explorer.core.expressions.code import CIRCULAR, Code, indented

WORDS = frozenset(kwlist)
ARRAY_FUNCTIONS = {f"a{f}": f"arc{f}" for f in CIRCULAR}
ARRAY_FUNCTIONS |= {"maximum": "maximum", "minimum": "minimum"}
"""What NumPy, and JAX after it, calls otherwise than most languages."""


class Python(Code):
    """Prints Python."""

    definition = "def {name}({arguments}):\n    return {body}"

    def raised(self, base: Expr, exponent: Expr) -> str:
        """Print base to the power exponent."""
        negative = exponent.is_Integer and exponent.is_negative
        return super().raised(base, Float(exponent) if negative else exponent)  # NumPy has no such power of whole numbers

    def function(
        self, name: str, inputs: Iterable[Symbol], steps: Iterable[tuple[Symbol, Expr]], outputs: Sequence[str] | str
    ) -> str:
        """Return a function of the inputs that takes the steps: to a dict of outputs, or to the value of a single one."""
        if isinstance(outputs, str):
            returned = self.names[outputs]
        else:
            returned = "{" + ", ".join(f'"{output}": {self.names[output]}' for output in outputs) + "}"
        arguments = ", ".join(self.names[s.name] for s in inputs)
        return f"def {name}({arguments}):\n{indented([*self.assign(steps), f'return {returned}'], '    ')}"
