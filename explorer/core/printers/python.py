"""What NumPy, PyTorch and JAX share: a program as a function in Python."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from explorer.core.expressions.python import Python
from explorer.core.program import Program


class Autograd(Python):
    """Prints Python that is differentiated as it runs."""

    def _print_where(self, expr: Expr) -> str:
        condition, *branches = expr.args
        texts = [self.assigned(branch) for branch in branches]
        if all(branch.is_Atom for branch in branches):
            return self.choice.format(self.holds(condition), *texts)
        self.called.add("where")
        names = ", ".join(sorted(self.names[s.name] for s in set().union(*(branch.free_symbols for branch in branches))))
        given = [f"lambda {names}: {text}".replace("lambda :", "lambda:") for text in texts]
        return f"where({', '.join([self.holds(condition), *given, *([names] if names else [])])})"


def function(printer: Python, program: Program, name: str, outputs: Sequence[str]) -> str:
    """Return a function of the inputs: to a dict of outputs, or where there are none to the program's output."""
    steps = program.needed(outputs or [program.output])
    return printer.function(name, program.inputs, steps, outputs or program.output.name)
